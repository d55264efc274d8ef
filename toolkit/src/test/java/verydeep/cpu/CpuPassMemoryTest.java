package verydeep.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What D needs on the heap above its weights: a JVM with no more than that ends well. */
class CpuPassMemoryTest {

  /** The transformed weights, and fc6 as it came. */
  private static final long WEIGHTS = 730_275_328L + 4 * 102_760_448L;

  /** What fc6 takes more as F(2x2, 7x7), for maps larger than its window. */
  private static final long MORE = 4 * (64 - 49) * 512 * 4096L;

  @TempDir private Path folder;

  @Test
  void testingDTakesAtMost13MegabytesAnImage() throws IOException, InterruptedException {
    assertThat(outputWithin(32 * 13_000_000L, 32, 224, 224)).contains("weights ");
  }

  @Test
  void aWholePhotoAtTheLargestScaleTakesAtMost250Megabytes()
      throws IOException, InterruptedException {
    assertThat(outputWithin(MORE + 250_000_000L, 1, 512, 683)).contains("weights ");
  }

  private String outputWithin(long bytes, int images, int height, int width)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (WEIGHTS + bytes) / 1024 + "k",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                CpuPassMemory.class.getName(),
                "" + images,
                "" + height,
                "" + width)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(text).isTrue();
    return text;
  }
}
