package verydeep.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import verydeep.cpu.Arithmetic;
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.training.Descent;

/** A training step, forward, backward and SGD, beside DJL's and PyTorch's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 3, time = 3)
public class TrainingStep {

  private static final double QUARTER = 0.25;

  private static final String D = "D, 224 px, batch 8";
  private static final String A = "A, width 1/4, 64 px, batch 32";
  private static final String MANY = "A, width 1/4, 64 px, batch 128";
  private static final String NARROW = "D, width 1/4, 64 px, batch 32";
  private static final String NORMALIZED = "A with batch normalization, width 1/4, 64 px, batch 32";
  private static final String FROZEN = "D, 224 px, batch 8, frozen through pool5";

  /**
   * Who steps: peers as they come, and with our settings of memory. Compiled ones are channels-last
   * too.
   */
  @Param({
    "verydeep",
    "verydeep, DJL's arithmetic",
    "PyTorch",
    "PyTorch, channels-last",
    "PyTorch, compiled",
    "PyTorch, channels-last, bf16 autocast",
    "PyTorch, our malloc",
    "PyTorch, channels-last, our malloc",
    "PyTorch, compiled, our malloc",
    "PyTorch, channels-last, bf16 autocast, our malloc"
  })
  public String contestant;

  /** Network, input and batch. */
  @Param({D, A, MANY, NARROW, NORMALIZED, FROZEN})
  public String work;

  private Contestant running;

  /** Starts the contestant. */
  @Setup
  public void start() {
    running =
        Contestant.ready(
            switch (work) {
              case D -> contestant(wide(), 8, null);
              case A -> contestant(narrow(Configuration.A, false), 32, null);
              case MANY -> contestant(narrow(Configuration.A, false), 128, null);
              case NARROW -> contestant(narrow(Configuration.D, false), 32, null);
              case NORMALIZED -> contestant(narrow(Configuration.A, true), 32, null);
              case FROZEN -> contestant(wide(), 8, "pool5");
              default -> throw new IllegalArgumentException(work);
            });
  }

  private static Vgg wide() {
    return Vgg.of(Configuration.D).build();
  }

  private static Vgg narrow(Configuration configuration, boolean batchNorm) {
    return Vgg.of(configuration).width(QUARTER).input(64).classes(10).batchNorm(batchNorm).build();
  }

  private Contestant contestant(Vgg network, int batch, String frozen) {
    return switch (contestant) {
      case "verydeep" -> new Descent(network, batch, Arithmetic.FAST, frozen);
      case "verydeep, DJL's arithmetic" -> new Descent(network, batch, Arithmetic.DJL, frozen);
      default ->
          Peer.start(
              contestant,
              "training_step",
              PeerEnvironment.plain(contestant),
              network.configuration(),
              network.width(),
              network.input(),
              batch,
              network.classes(),
              frozen != null,
              network.batchNorm());
    };
  }

  /** One step. */
  @Benchmark
  public void step() {
    running.step();
  }

  /** Ends the contestant. */
  @TearDown
  public void end() {
    running.close();
  }
}
