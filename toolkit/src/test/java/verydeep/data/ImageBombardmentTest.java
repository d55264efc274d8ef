package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and hostile images of every format, read with a heap of 512 MB. */
class ImageBombardmentTest {

  /** How many of each kind: 30 in the build, 2,000 with {@code mvn test -Phostile}. */
  private static final int COUNT = Integer.getInteger("mutations", 3000) / 100;

  private static final Pattern REPORT = Pattern.compile("outcomes (\\d+) decoded (\\d+)");

  @TempDir Path folder;

  @Test
  void damagedImageIsDecodedOrRefusedInWords() throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ImageBombardment.class.getName(),
                "" + COUNT,
                "1409")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(120 + 10 * COUNT, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(text).isTrue();
    Matcher report = REPORT.matcher(text);
    assertThat(report.find()).as(text).isTrue();
    int all = Integer.parseInt(report.group(1));
    assertThat(Integer.parseInt(report.group(2))).as(text).isBetween(all / 10, all * 9 / 10);
    System.out.print(text.substring(report.start()));
  }
}
