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

  private static final String D = "D, 224 px, batch 8";
  private static final String A = "A, width 1/4, 64 px, batch 32";
  private static final String MANY = "A, width 1/4, 64 px, batch 128";
  private static final String NARROW = "D, width 1/4, 64 px, batch 32";
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
  @Param({D, A, MANY, NARROW, FROZEN})
  public String work;

  private Contestant running;

  /** Starts the contestant. */
  @Setup
  public void start() {
    running =
        Contestant.ready(
            switch (work) {
              case D -> contestant(Configuration.D, 1, 224, 8, 1000, null);
              case A -> contestant(Configuration.A, 0.25, 64, 32, 10, null);
              case MANY -> contestant(Configuration.A, 0.25, 64, 128, 10, null);
              case NARROW -> contestant(Configuration.D, 0.25, 64, 32, 10, null);
              case FROZEN -> contestant(Configuration.D, 1, 224, 8, 1000, "pool5");
              default -> throw new IllegalArgumentException(work);
            });
  }

  private Contestant contestant(
      Configuration configuration, double width, int side, int batch, int classes, String frozen) {
    Vgg network = Vgg.of(configuration).width(width).input(side).classes(classes).build();
    return switch (contestant) {
      case "verydeep" -> new Descent(network, batch, Arithmetic.FAST, frozen);
      case "verydeep, DJL's arithmetic" -> new Descent(network, batch, Arithmetic.DJL, frozen);
      default ->
          Peer.start(
              contestant,
              "training_step",
              PeerEnvironment.plain(contestant),
              configuration,
              width,
              side,
              batch,
              classes,
              frozen != null);
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
