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

/** A forward pass of D on a CPU beside PyTorch, ONNX Runtime and OpenVINO. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 2)
public class Testing {

  private static final String ONE = "D, 224 px, batch 1";
  private static final String EIGHT = "D, 224 px, batch 8";
  private static final String DENSE = "convolutions of D, 512x683 px";

  /** Who computes. */
  @Param({
    "verydeep, fast",
    "verydeep, exact",
    "verydeep, DJL",
    "PyTorch",
    "PyTorch, channels-last",
    "PyTorch, compiled",
    "ONNX Runtime",
    "OpenVINO"
  })
  public String contestant;

  /** Network, images and batch. */
  @Param({ONE, EIGHT, DENSE})
  public String work;

  private Contestant running;

  /** Starts the contestant. */
  @Setup
  public void start() {
    running =
        Contestant.ready(
            switch (work) {
              case ONE -> contestant(1, 224, 224);
              case EIGHT -> contestant(8, 224, 224);
              case DENSE -> contestant(1, 512, 683);
              default -> throw new IllegalArgumentException(work);
            });
  }

  private Contestant contestant(int images, int height, int width) {
    boolean whole = height == width;
    return switch (contestant) {
      case "verydeep, fast" -> new Passing(Arithmetic.FAST, whole, images, height, width);
      case "verydeep, exact" -> new Passing(Arithmetic.EXACT, whole, images, height, width);
      case "verydeep, DJL" -> new Passing(Arithmetic.DJL, whole, images, height, width);
      default -> Peer.start("testing", contestant, whole, images, height, width);
    };
  }

  /** One forward pass. */
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
