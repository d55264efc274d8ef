package verydeep.benchmarks;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** How time and memory grow with classes, width, batch, side, files and cached features. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 1)
public class Growth {

  /** What is varied, its value, and how much more work that is than the first one. */
  static final Pattern WORK = Pattern.compile("(\\w+) ([\\d/]+) \\((\\d+) times\\)");

  /** Nobody else takes part. */
  @Param({"verydeep"})
  public String contestant;

  /**
   * A forward pass of net A, one image unless batches vary: at a quarter of its width and 224
   * pixels unless those vary. Work grows with the square of width and side. Of the files, images of
   * a folder, the folder is listed; features of as many images are found in a cache, of which the
   * first run has to make them, with more memory than those that find them.
   */
  @Param({
    "classes 10 (1 times)",
    "classes 100 (10 times)",
    "classes 1000 (100 times)",
    "width 1/8 (1 times)",
    "width 1/4 (4 times)",
    "width 1/2 (16 times)",
    "width 1/1 (64 times)",
    "batch 1 (1 times)",
    "batch 4 (4 times)",
    "batch 16 (16 times)",
    "batch 64 (64 times)",
    "side 224 (1 times)",
    "side 448 (4 times)",
    "side 1024 (21 times)",
    "files 100 (1 times)",
    "files 1000 (10 times)",
    "files 10000 (100 times)",
    "files 50000 (500 times)",
    "features 1000 (1 times)",
    "features 10000 (10 times)",
    "features 100000 (100 times)"
  })
  public String work;

  private Contestant running;

  /** Makes the files if need be, and does the work once, so that its memory is known. */
  @Setup
  public void start() throws IOException {
    Matcher parts = WORK.matcher(work);
    if (!parts.matches()) {
      throw new IllegalArgumentException(work);
    }
    String value = parts.group(2);
    Contestant one =
        switch (parts.group(1)) {
          case "classes" -> passing(0.25, Integer.parseInt(value), 1, 224);
          case "width" -> passing(1.0 / Integer.parseInt(value.substring(2)), 0, 1, 224);
          case "batch" -> passing(0.25, 0, Integer.parseInt(value), 224);
          case "side" -> passing(0.25, 0, 1, Integer.parseInt(value));
          case "files" -> new Listing(Integer.parseInt(value));
          case "features" -> new Recalling(Integer.parseInt(value));
          default -> throw new IllegalArgumentException(work);
        };
    one.step();
    running = Contestant.ready(new Weighed(one));
  }

  /** The convolutions alone if there are no classes. */
  private static Contestant passing(double width, int classes, int images, int side) {
    Vgg network =
        classes == 0
            ? Vgg.of(Configuration.A).width(width).convolutionsOnly().build()
            : Vgg.of(Configuration.A).width(width).classes(classes).build();
    return new Passing(Arithmetic.FAST, network, images, side, side);
  }

  /** One pass, one listing, or one look into the cache. */
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
