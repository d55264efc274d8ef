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
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.training.Descent;

/** A training step, forward, backward and SGD, beside PyTorch's eager one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
public class TrainingStep {

  private static final String D = "D, 224 px, batch 8";
  private static final String A = "A, width 1/4, 64 px, batch 32";

  /** Who steps. */
  @Param({"verydeep", "PyTorch", "PyTorch, our malloc"})
  public String contestant;

  /** Network, input and batch. */
  @Param({D, A})
  public String work;

  private Contestant running;

  /** Starts the contestant. */
  @Setup
  public void start() {
    running =
        Contestant.ready(
            switch (work) {
              case D -> contestant(Configuration.D, 1, 224, 8, 1000);
              case A -> contestant(Configuration.A, 0.25, 64, 32, 10);
              default -> throw new IllegalArgumentException(work);
            });
  }

  private Contestant contestant(
      Configuration configuration, double width, int side, int batch, int classes) {
    return switch (contestant) {
      case "verydeep" ->
          new Descent(
              Vgg.of(configuration).width(width).input(side).classes(classes).build(), batch);
      case "PyTorch" -> Peer.start("training_step", configuration, width, side, batch, classes);
      case "PyTorch, our malloc" ->
          Peer.startTuned("training_step", configuration, width, side, batch, classes);
      default -> throw new IllegalArgumentException(contestant);
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
