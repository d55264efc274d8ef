package verydeep.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import verydeep.ForkedJvm;
import verydeep.Repository;

/**
 * Runs all examples of the documentation in a JVM whose working folder holds small data under the
 * names that examples use, since their paths are relative.
 */
public final class ExampleRuns {

  private static final int MINUTES = 5;

  private ExampleRuns() {}

  /** The other JVM: which documentation, the root of the repository, where to leave the results. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[1]);
    SmallData.write(Path.of(""), root);
    System.setProperty("verydeep.cache", SmallData.CACHE);
    String imports = Files.readString(root.resolve("jshell-scripts/startup/imports.jsh"));
    String given = "import static " + Given.class.getName() + ".*;";
    Properties outcomes = new Properties();
    for (List<Example> page : pages(Documentation.valueOf(args[0]).examples(root)).values()) {
      try (ExampleShell shell = new ExampleShell(imports, given)) {
        for (Example example : page) {
          long start = System.nanoTime();
          outcomes.setProperty(example.id(), shell.run(example));
          System.out.printf("%n%s: %.1f s%n", example, (System.nanoTime() - start) / 1e9);
        }
      }
    }
    try (Writer file = Files.newBufferedWriter(Path.of(args[2]))) {
      outcomes.store(file, null);
    }
    System.exit(0);
  }

  /**
   * Runs the examples and makes a test of each.
   *
   * @param mostCompiledOnly how many need not be run
   */
  static Stream<DynamicContainer> tests(Documentation kind, Path folder, int mostCompiledOnly)
      throws IOException, InterruptedException {
    Path root = Repository.root();
    List<Example> examples = kind.examples(root);
    List<Example> compiledOnly = examples.stream().filter(example -> !example.isRun()).toList();
    System.out.printf(
        "%s: %d examples are run, %d are compiled only%n",
        kind, examples.size() - compiledOnly.size(), compiledOnly.size());
    assertThat(compiledOnly)
        .as("examples that are compiled and not run; one more is a decision")
        .hasSizeLessThanOrEqualTo(mostCompiledOnly);
    Properties outcomes = outcomes(kind, root, folder);
    return pages(examples).entrySet().stream()
        .map(page -> dynamicContainer(page.getKey(), tests(page.getValue(), outcomes)));
  }

  private static Stream<DynamicTest> tests(List<Example> examples, Properties outcomes) {
    return examples.stream()
        .map(
            example ->
                dynamicTest(
                    example.toString(),
                    () ->
                        assertThat(outcomes.getProperty(example.id(), "was not reached"))
                            .as(example.toString())
                            .isEmpty()));
  }

  private static Map<String, List<Example>> pages(List<Example> examples) {
    return examples.stream()
        .collect(Collectors.groupingBy(Example::page, LinkedHashMap::new, Collectors.toList()));
  }

  private static Properties outcomes(Documentation kind, Path root, Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Path results = folder.resolve("results");
    Path data = Files.createDirectory(folder.resolve("data"));
    Process process = ForkedJvm.startIn(data, ExampleRuns.class, output, kind, root, results);
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
          .as("all examples end within %d minutes; so far: %s", MINUTES, Files.readString(output))
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    Properties outcomes = new Properties();
    try (var file = Files.newBufferedReader(results)) {
      outcomes.load(file);
    }
    return outcomes;
  }
}
