package verydeep.benchmarks;

import static verydeep.network.Configuration.A;
import static verydeep.network.Configuration.D;

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
import verydeep.network.VggBuilder;

/** A forward pass on a CPU beside PyTorch, ONNX Runtime and OpenVINO. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 2)
public class Testing {

  /** Who needs a processor that multiplies in bfloat16. */
  static final String BFLOAT = "verydeep, bfloat16";

  private static final String ONE = "D, 224 px, batch 1";
  private static final String EIGHT = "D, 224 px, batch 8";
  private static final String DENSE = "convolutions of D, 512x683 px";
  private static final String NARROW = "convolutions of A, width 1/8, 224 px, batch 8";
  private static final String SMALL = "convolutions of A, width 1/8, 64 px, batch 32";

  /**
   * Who computes: peers as they come, then those that compute in float32 with our settings of
   * memory. OpenVINO's own choice of precision is bfloat16 where a processor multiplies in it; ours
   * in bfloat16 takes part there only.
   */
  @Param({
    "verydeep, fast",
    "verydeep, exact",
    "verydeep, DJL",
    BFLOAT,
    "PyTorch",
    "PyTorch, channels-last",
    "PyTorch, compiled",
    "ONNX Runtime",
    "OpenVINO, float32",
    "OpenVINO, its own precision",
    "PyTorch, compiled, our malloc",
    "ONNX Runtime, our malloc",
    "OpenVINO, float32, our malloc"
  })
  public String contestant;

  /** Network, images and batch. */
  @Param({ONE, EIGHT, DENSE, NARROW, SMALL})
  public String work;

  private Contestant running;

  /** Starts the contestant. */
  @Setup
  public void start() {
    running =
        Contestant.ready(
            switch (work) {
              case ONE -> contestant(D, 1, true, 1, 224, 224);
              case EIGHT -> contestant(D, 1, true, 8, 224, 224);
              case DENSE -> contestant(D, 1, false, 1, 512, 683);
              case NARROW -> contestant(A, 0.125, false, 8, 224, 224);
              case SMALL -> contestant(A, 0.125, false, 32, 64, 64);
              default -> throw new IllegalArgumentException(work);
            });
  }

  private Contestant contestant(
      Configuration configuration,
      double channels,
      boolean whole,
      int images,
      int height,
      int width) {
    VggBuilder builder = Vgg.of(configuration).width(channels);
    Vgg network = whole ? builder.build() : builder.convolutionsOnly().build();
    return switch (contestant) {
      case "verydeep, fast" -> new Passing(Arithmetic.FAST, network, images, height, width);
      case "verydeep, exact" -> new Passing(Arithmetic.EXACT, network, images, height, width);
      case "verydeep, DJL" -> new Passing(Arithmetic.DJL, network, images, height, width);
      case BFLOAT -> new Passing(Arithmetic.BF16, network, images, height, width);
      default ->
          Peer.start(
              contestant,
              "testing",
              PeerEnvironment.plain(contestant),
              configuration,
              channels,
              whole,
              images,
              height,
              width);
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
