package verydeep.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A script is short enough to be read line by line. */
class ScriptsTest {

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("jshell-scripts"))) {
      return files.filter(file -> file.toString().endsWith(".jsh")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void hasAtMost40LinesOf120Characters(Path script) throws IOException {
    List<String> lines = Files.readAllLines(script);

    assertThat(lines).hasSizeLessThanOrEqualTo(40).allMatch(line -> line.length() <= 120);
    assertThat(lines.get(0)).startsWith("// ");
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void saysWhatItsSettingsMean(Path script) throws IOException {
    Settings settings = Settings.of(new Place(script, Files.readString(script), 0));

    assertThat(settings.all().values())
        .filteredOn(setting -> !setting.key().equals("weights"))
        .allMatch(setting -> !setting.meaning().isEmpty());
  }

  /** The page lists them too, for who reads before installing. */
  @ParameterizedTest
  @MethodSource("scripts")
  void isInTheGuideWithItsSettings(Path script) throws IOException {
    String name = script.getFileName().toString().replaceFirst("\\.jsh$", "");
    Settings settings = Settings.of(new Place(script, Files.readString(script), 0));
    String row =
        Files.readAllLines(Path.of("docs/getting-started.md")).stream()
            .filter(line -> line.startsWith("| `" + name + "` |"))
            .findFirst()
            .orElse("");

    assertThat(row).contains(settings.all().keySet().stream().map(key -> key + "=").toList());
  }
}
