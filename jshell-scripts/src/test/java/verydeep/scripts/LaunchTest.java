package verydeep.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.scripts.Processes.Result;

/** The launcher that needs no POSIX shell. */
class LaunchTest {

  private static final Path ROOT = Processes.root();

  @TempDir private Path folder;

  @Test
  void itsOptionsAreThoseOfTheShellFiles() throws IOException {
    String prepare = Files.readString(ROOT.resolve("jshell-scripts/prepare.sh"));

    assertThat(new Launch(ROOT).options())
        .isNotEmpty()
        .allSatisfy(option -> assertThat(prepare).contains(option));
  }

  @Test
  void itRunsFromItsSourceAndSaysWhatIsWrong() throws Exception {
    assertThat(launched().err())
        .isEqualTo("Give the root of the repository, and run NAME, shell or notebooks.\n");
    assertThat(launched("dance").status()).isEqualTo(2);
  }

  @Test
  void theCommandFilesCallIt() throws IOException {
    for (String file : List.of("jshell-scripts/run", "jshell-scripts/shell", "notebooks/start")) {
      String text = Files.readString(ROOT.resolve(file + ".cmd"));
      String path =
          Arrays.stream(text.split("\""))
              .filter(word -> word.endsWith("Launch.java"))
              .findFirst()
              .orElseThrow();
      Path named =
          Path.of(file).resolveSibling(path.replace("%~dp0", "").replace('\\', File.separatorChar));
      assertThat(ROOT.resolve(named)).exists();
    }
  }

  private Result launched(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ROOT.resolve("jshell-scripts/src/main/java/verydeep/scripts/Launch.java")
                    .toString(),
                ROOT.toString()));
    command.addAll(List.of(arguments));
    return Processes.await(new ProcessBuilder(command), folder);
  }
}
