package verydeep.network;

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

/**
 * Testing frees as it goes: D at 224, batch 32, needs 40 MB a picture at most above the weights.
 */
class ForwardPassMemoryTest {

  private static final int PICTURES = 32;
  private static final Pattern REPORT = Pattern.compile("memory (\\d+) (\\d+)");

  @Test
  void testingDTakesAtMost40MegabytesAPicture(@TempDir Path folder)
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
                "" + PICTURES)
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
    assertThat((peak - before) * 1024 / 1e6 / PICTURES)
        .as("MB a picture, from %d kB to %d kB", before, peak)
        .isBetween(10.0, 40.0);
  }
}
