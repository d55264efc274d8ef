package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import verydeep.cpu.Arithmetic;
import verydeep.data.View;

/** A photo tested at three scales by D: densely, by 150 crops, and densely by PyTorch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 12)
@Measurement(iterations = 3)
public class Protocols {

  private static final List<Integer> SCALES = List.of(256, 384, 512);

  /**
   * Who tests, and how; each has done the whole work twelve times before: after three the JVM still
   * compiles beside it, a tenth of a dense test.
   */
  @Param({"verydeep dense", "verydeep 150 crops", "PyTorch dense", "PyTorch dense channels-last"})
  public String contestant;

  /** A photo from its JPEG file to its posteriors. */
  @Param("D, one photo of 500x375, Q=256,384,512, flipped")
  public String work;

  private Contestant running;

  /** Draws the photo and starts the contestant. */
  @Setup
  public void start() throws IOException {
    Path photo = NoisePhoto.write(Path.of("toolkit/target/benchmarks/photos"), 500, 375);
    running =
        Contestant.ready(
            switch (contestant) {
              case "verydeep dense" -> new PhotoTest(Arithmetic.FAST, photo, View.dense(), SCALES);
              case "verydeep 150 crops" ->
                  new PhotoTest(Arithmetic.FAST, photo, View.multiCrop(), SCALES);
              case "PyTorch dense" -> Peer.start(contestant, "protocols", photo, "contiguous");
              case "PyTorch dense channels-last" ->
                  Peer.start(contestant, "protocols", photo, "channels-last");
              default -> throw new IllegalArgumentException(contestant);
            });
  }

  /** One test. */
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
