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
    assertThat(Files.readString(ROOT.resolve("jshell-scripts/shell")))
        .contains("set -- " + Launch.COMPILER_OPTION);
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

  @Test
  void scriptsOfSparkHaveItOnTheirClassPathAndShipTheJarsToAClusterElsewhere() throws IOException {
    String shell = Files.readString(ROOT.resolve("jshell-scripts/spark.sh"));
    Files.writeString(folder.resolve("pom.xml"), "<version>1.2</version>");
    Files.createDirectories(folder.resolve("toolkit/spark/target/jars"));
    Files.createFile(folder.resolve("toolkit/spark/target/jars/b.jar"));
    Files.createFile(folder.resolve("toolkit/spark/target/jars/a.jar"));
    Files.writeString(folder.resolve("toolkit/spark/target/spark-class-path"), "spark.jar\n");
    Launch launch = new Launch(folder);
    List<String> here = launch.command("spark-features", List.of("master=local[3]", "part=2"));
    List<String> elsewhere = launch.command("spark-features", List.of("master=spark://host:7077"));
    List<String> other = launch.command("predict", List.of());

    assertThat(shell).contains("class_path=\"$jar:$toolkit:$spark_jar:$spark_libraries:$lib/*\"");
    assertThat(here.get(here.indexOf("-cp") + 1).split(File.pathSeparator))
        .extracting(file -> Path.of(file).getFileName().toString())
        .containsExactly(
            "scripts-1.2.jar", "toolkit-1.2.jar", "toolkit-spark-1.2.jar", "spark.jar", "*");
    assertThat(here).endsWith("jshell-scripts/spark-features.jsh", "master=local[3]", "part=2");
    assertThat(elsewhere)
        .filteredOn(option -> option.startsWith("-Dslf4j."))
        .hasSize(2)
        .allSatisfy(option -> assertThat(shell).contains(option));
    String target = "toolkit/spark/target/";
    String jars = "%1$stoolkit-spark-1.2.jar,%1$sjars/a.jar,%1$sjars/b.jar".formatted(target);
    assertThat(elsewhere).contains("-Dspark.jars=" + jars, "-Dspark.master=spark://host:7077");
    assertThat(here).contains("-Dspark.master=local[3]");
    assertThat(launch.options("spark://host:7077"))
        .as("of the shell")
        .contains("-Dspark.jars=" + jars);
    assertThat(here).noneMatch(option -> option.startsWith("-Dspark.jars"));
    assertThat(other).noneMatch(option -> option.contains("spark"));
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
