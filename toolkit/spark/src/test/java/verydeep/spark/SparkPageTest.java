package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Images;
import verydeep.data.TrainingScale;
import verydeep.weights.Checkpoint;

/** The examples of docs/spark.md run as they stand, on small images and a narrow network. */
@Timeout(300)
class SparkPageTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  /** What the page's names stand for. */
  private static final List<String> GIVEN =
      List.of(
          "import org.apache.spark.sql.SparkSession;",
          "import verydeep.spark.*;",
          "var images = Images.folder(System.getProperty(\"page.images\"));",
          "var files = ImageFiles.of(images);",
          "var checkpoint = Checkpoint.read(System.getProperty(\"page.network\"));",
          "var dense = DenseLocalizer.read(System.getProperty(\"page.localizer\"));",
          "var boxedImages = BoxedImages.of(images.classes(), IntStream.range(0,"
              + " images.size()).mapToObj(i -> new AnnotatedImage(images.file(i),"
              + " images.image(i).width(), images.image(i).height(), List.of(new"
              + " AnnotatedImage.Annotation(images.classes().get(images.label(i)), new"
              + " BoundingBox(3, 4, 20, 21), false, false, \"\")))).toList());");

  @Test
  void examplesRun(@TempDir Path folder) throws IOException {
    Sample.spark();
    Images images = Sample.images(folder.resolve("images"), 9);
    Checkpoint network = Sample.network(1).withTrainingScale(TrainingScale.fixed(40));
    System.setProperty("page.images", folder.resolve("images").toString());
    System.setProperty("page.network", network.write(folder.resolve("network")).toString());
    System.setProperty(
        "page.localizer", Sample.localizer().write(folder.resolve("localizer")).toString());
    Path list = folder.resolve("uris.txt");
    Files.write(list, IntStream.range(0, 9).mapToObj(i -> images.file(i).toUri() + "").toList());
    String pattern = folder.resolve("images") + "/*/*.png";
    String table = folder.resolve("table").toString();
    Sample.spark().read().format("binaryFile").load(pattern).write().parquet(table);
    String page = Files.readString(ROOT.resolve("docs/spark.md"));
    List<String> blocks = BLOCK.matcher(page).results().map(SparkPageTest::block).toList();

    assertThat(blocks).isNotEmpty();
    try (JShell shell =
        JShell.builder().executionEngine(new LocalExecutionControlProvider(), Map.of()).build()) {
      String tests = System.getProperty("surefire.test.class.path");
      String classPath = tests == null ? System.getProperty("java.class.path") : tests;
      List.of(classPath.split(File.pathSeparator)).forEach(shell::addToClasspath);
      Path imports = ROOT.resolve("jshell-scripts/startup/imports.jsh");
      Files.readAllLines(imports).forEach(shell::eval); // some are of what is not needed here
      GIVEN.forEach(line -> run(shell, line));
      for (String block : blocks) {
        run(
            shell,
            block
                .replace("uris.txt", list.toString())
                .replace("hdfs:///photos/*/*.jpg", pattern)
                .replace("hdfs:///tables/photos", table)
                .replace("svm.safetensors", System.getProperty("page.network"))
                .replace("runs/dense", folder.resolve("dense").toString())
                .replace("hdfs:///features", folder.resolve("features").toString()));
      }
    }
  }

  private static String block(MatchResult found) {
    return found.group(1);
  }

  private static void run(JShell shell, String code) {
    String rest = code;
    while (!rest.isBlank()) {
      var next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      for (SnippetEvent event : shell.eval(next.source())) {
        assertThat(event.exception()).as(next.source()).isNull();
        assertThat(event.status())
            .as(() -> next.source() + shell.diagnostics(event.snippet()).toList())
            .isEqualTo(Snippet.Status.VALID);
      }
      rest = next.remaining();
    }
  }
}
