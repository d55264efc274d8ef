package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import verydeep.data.Images;

/**
 * Features of 1,000 photos by D, from JPEG files to vectors, beside PyTorch with its own loader.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class Features {

  private static final Path FOLDER = Path.of("toolkit/target/benchmarks");

  /** Who extracts; each has done the work for 64 photos before it is timed. */
  @Param({"verydeep", "PyTorch", "PyTorch, channels-last", "verydeep, found in its cache"})
  public String contestant;

  /** Layer, photos and scale; the photos' sides are from 160x160 to 160x374. */
  @Param("pool5 of D, 1,000 photos, Q=160")
  public String work;

  private Contestant running;

  /** Chooses the photos and starts the contestant. */
  @Setup
  public void start() throws IOException {
    Images photos = Images.folder("datasets/clothing/train").take(1000, 1);
    Path list = FOLDER.resolve("features.txt");
    Files.createDirectories(FOLDER);
    Files.write(
        list, IntStream.range(0, photos.size()).mapToObj(i -> photos.file(i).toString()).toList());
    running =
        Contestant.ready(
            switch (contestant) {
              case "verydeep" -> new Extracting(photos, null);
              case "verydeep, found in its cache" ->
                  new Extracting(photos, FOLDER.resolve("features"));
              case "PyTorch" -> Peer.start(contestant, "features", list, "contiguous");
              case "PyTorch, channels-last" ->
                  Peer.start(contestant, "features", list, "channels-last");
              default -> throw new IllegalArgumentException(contestant);
            });
  }

  /** All photos once. */
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
