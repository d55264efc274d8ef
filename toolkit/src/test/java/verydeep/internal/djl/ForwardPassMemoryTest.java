package verydeep.internal.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Testing frees as it goes: what D needs above its weights. */
class ForwardPassMemoryTest {

  private static final Pattern REPORT = Pattern.compile("memory (\\d+) (\\d+)");

  @TempDir private Path folder;

  @Test
  void testingDTakesAtMost40MegabytesAnImage() throws IOException, InterruptedException {
    assertThat(megabytes(32, 224, 224) / 32).as("MB an image").isBetween(10.0, 40.0);
  }

  @Test
  void aWholePhotoAtTheLargestScaleTakesAtMost250Megabytes()
      throws IOException, InterruptedException {
    assertThat(megabytes(1, 512, 683)).as("MB").isBetween(90.0, 250.0);
  }

  private double megabytes(int images, int height, int width)
      throws IOException, InterruptedException {
    assumeTrue(Files.isWritable(Path.of("/proc/self/clear_refs")), "needs Linux's /proc");
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx640m",
                "-XX:MaxDirectMemorySize=1g",
                "-cp",
                System.getProperty("java.class.path"),
                ForwardPassMemory.class.getName(),
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
    Matcher report = REPORT.matcher(text);
    assertThat(report.find()).as(text).isTrue();
    long before = Long.parseLong(report.group(1));
    long peak = Long.parseLong(report.group(2));
    assertThat(before).as("the weights, in kB").isGreaterThan(553_000 * 9 / 10);
    return (peak - before) * 1024 / 1e6;
  }
}
