package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import verydeep.data.TrainingScale;

/**
 * 256 JPEGs of 500x375 read, decoded and augmented as the paper does, beside torchvision's loader.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class Loader {

  private static final int IMAGES = 256;
  private static final Path PHOTOS = Path.of("toolkit/target/benchmarks/photos-" + IMAGES);

  /** Who loads. */
  @Param({"verydeep", "torchvision"})
  public String contestant;

  /** S, and how many threads or processes decode. */
  @Param({"S=256, 1 worker", "S=256, 2 workers", "S=[256;512], 2 workers"})
  public String work;

  private Contestant running;

  /** Makes the images if need be, and starts the contestant. */
  @Setup
  public void start() throws IOException, InterruptedException {
    makePhotos();
    int workers = work.endsWith("1 worker") ? 1 : 2;
    int largest = work.startsWith("S=256,") ? 256 : 512;
    running =
        Contestant.ready(
            switch (contestant) {
              case "verydeep" ->
                  new BatchesContestant(
                      PHOTOS,
                      largest == 256
                          ? TrainingScale.fixed(256)
                          : TrainingScale.jittered(256, largest),
                      workers);
              case "torchvision" -> Peer.start(contestant, "loader", PHOTOS, 256, largest, workers);
              default -> throw new IllegalArgumentException(contestant);
            });
  }

  private static void makePhotos() throws IOException, InterruptedException {
    if (!Files.exists(PHOTOS)) {
      Path part = PHOTOS.resolveSibling("photos.part");
      Process process =
          new ProcessBuilder(
                  System.getProperty("verydeep.python", "python3"),
                  "toolkit/src/benchmarks/python/photos.py",
                  "datasets/clothing/train",
                  part.toString(),
                  "" + IMAGES)
              .inheritIO()
              .start();
      if (process.waitFor() != 0) {
        throw new IOException("photos.py has failed");
      }
      Files.move(part, PHOTOS);
    }
  }

  /** One epoch. */
  @Benchmark
  public void epoch() {
    running.step();
  }

  /** Ends the contestant. */
  @TearDown
  public void end() {
    running.close();
  }
}
