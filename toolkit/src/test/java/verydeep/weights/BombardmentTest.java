package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged files and built hostile ones of each format, read with a heap of 512 MB: 3,000 and 100 of
 * each in the build, 200,000 and 10,000 with {@code mvn test -Phostile}. The rarer formats share
 * 6,000 and 400,000 damaged ones.
 */
class BombardmentTest {

  private static final int MUTATIONS = Integer.getInteger("mutations", 3000);
  private static final int BUILT = Integer.getInteger("built", 100);
  private static final int SEED = 1409;
  private static final Pattern REPORT = Pattern.compile("outcomes (\\d+) loaded (\\d+)");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A.timm.safetensors",
        "A.zip.pth",
        "A.legacy.pth",
        "A.h5",
        "A.v1.caffemodel",
        "A.v2.caffemodel"
      })
  void damagedFileLoadsOrIsRefusedByName(String file) throws IOException, InterruptedException {
    int loaded =
        loaded(Bombardment.class, FormatGoldens.file(file).toString(), MUTATIONS, MUTATIONS);
    assertThat(loaded)
        .as("files that load although changed")
        .isBetween(MUTATIONS / 50, MUTATIONS * 9 / 10);
  }

  @Test
  void damagedFileOfARarerFormatLoadsOrIsRefusedByName() throws IOException, InterruptedException {
    String files =
        Stream.of(
                "channels-last.pth",
                "reference.pth",
                "module.legacy.pth",
                "unnamed.keras",
                "frossard.npz",
                "compressed.npz",
                "converted.npy",
                "python2.pkl",
                "exported.onnx",
                "matconvnet.mat",
                "matconvnet.compressed.mat")
            .map(name -> FormatGoldens.file("foreign/" + name).toString())
            .collect(Collectors.joining(","));
    int count = 2 * MUTATIONS;
    assertThat(loaded(Bombardment.class, files, count, count))
        .as("files that load although changed")
        .isBetween(count / 50, count * 9 / 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "safetensors",
        "pth-zip",
        "pth-legacy",
        "caffemodel-v1",
        "caffemodel-v2",
        "h5",
        "npz,pickled-arrays,onnx,mat"
      })
  void fileThatIsBuiltToDoHarmIsRefusedByName(String format)
      throws IOException, InterruptedException {
    loaded(HostileBombardment.class, format, BUILT, BUILT * format.split(",", -1).length);
  }

  /** How many files loaded in a process of its own, which fails if a single one does harm. */
  private int loaded(Class<?> bombardment, String what, int count, int outcomes)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                bombardment.getName(),
                what,
                "" + count,
                "" + SEED)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(60 + outcomes / 20, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(text).isTrue();
    Matcher report = REPORT.matcher(text);
    assertThat(report.find()).as(text).isTrue();
    assertThat(Integer.parseInt(report.group(1))).isEqualTo(outcomes);
    System.out.print(what + ": " + text);
    return Integer.parseInt(report.group(2));
  }
}
