package verydeep.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.drawn.DrawnImages;

/** What JShell's own stop, which is what Ctrl-C in its tool calls, leaves of long work. */
@Timeout(90)
class ShellStopTest {

  /** As the tool does by default: in another JVM, by its debugging interface. */
  private static final String REMOTE = "jdi";

  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void draw() {
    DrawnImages.shapes(root.resolve("shapes"), 60, 1);
    folder = root.resolve("kept");
  }

  private JShell shell(String engine) {
    PrintStream out = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    JShell shell = JShell.builder().executionEngine(engine).out(out).err(out).build();
    Stream.of(System.getProperty("java.class.path").split(":")).forEach(shell::addToClasspath);
    for (String name : List.of("network", "data", "training", "evaluation", "transfer")) {
      eval(shell, "import verydeep." + name + ".*;");
    }
    eval(shell, "var images = Images.folder(\"%s\");".formatted(root.resolve("shapes")));
    eval(
        shell,
        "var net = Vgg.of(Configuration.A).classes(3).width(1.0 / 16).input(32).build();int[] many"
            + " = java.util.stream.IntStream.range(0, 100_000).map(i -> i % 180).toArray();");
    eval(
        shell,
        "var fresh = verydeep.weights.Checkpoint.of(Parameters.initial(net, 1), images.classes(),"
            + " Preprocessing.paper(Rgb.ZERO), verydeep.weights.Provenance.unknown());");
    return shell;
  }

  private static SnippetEvent eval(JShell shell, String source) {
    SnippetEvent last = null;
    String rest = source;
    while (!rest.isBlank()) {
      var next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      last = shell.eval(next.source()).get(0);
      assertThat(last.status()).as(next.source()).isEqualTo(Snippet.Status.VALID);
      rest = next.remaining();
    }
    return last;
  }

  /** Evaluates a line and stops it at some time. */
  private SnippetEvent stopped(JShell shell, String source, BooleanSupplier when)
      throws InterruptedException {
    Thread user =
        new Thread(
            () -> {
              while (!when.getAsBoolean()) {
                LockSupport.parkNanos(1_000_000);
              }
              shell.stop();
            });
    user.setDaemon(true);
    user.start();
    SnippetEvent event = eval(shell, source);
    user.join(1_000);
    return event;
  }

  @ParameterizedTest
  @ValueSource(strings = {REMOTE, "local"})
  void aTrainingHasWhatItLearned(String engine) throws InterruptedException {
    try (JShell shell = shell(engine)) {
      String training =
          "var run = Training.of(net, images.split(0.8, 1))"
              + ".recipe(Recipe.paper().batch(4).epochs(10_000)).folder(\"%s\").run();";
      SnippetEvent event =
          stopped(
              shell, training.formatted(folder), () -> Files.exists(folder.resolve("epochs.csv")));
      assertThat(event.exception()).isNull();
      assertThat(event.value()).contains("stopped because it was interrupted");
      assertThat(eval(shell, "run.epochs().isEmpty() || run.bestEpoch() == 0").value())
          .as("the epoch that was printed is there")
          .isEqualTo("false");
      assertThat(folder.resolve("epochs.csv")).exists();
      assertThat(eval(shell, "1 + 1").value()).as("the shell goes on").isEqualTo("2");
    }
  }

  @Test
  void aTestSaysHowFarItCameAndGoesOnInItsFolder() throws InterruptedException {
    try (JShell shell = shell(REMOTE)) {
      String test =
          "var test = Evaluation.of(fresh, images.subset(many)).scales(40).folder(\"%s\").run();";
      SnippetEvent event =
          stopped(shell, test.formatted(folder), () -> Files.exists(folder.resolve("lock")));
      assertThat(event.exception()).isInstanceOf(EvalException.class);
      assertThat(event.exception().getMessage())
          .matches("Stopped after \\d+ of 100000 images\\. The same call goes on from there: .*");
      assertThat(((EvalException) event.exception()).getExceptionClassName())
          .isEqualTo("java.util.concurrent.CancellationException");
    }
  }

  @Test
  void anExtractionKeepsWhatItDidInItsCache() throws InterruptedException {
    try (JShell shell = shell(REMOTE)) {
      String features =
          "var x = FeatureExtractor.of(fresh).layer(\"pool2\").scales(40).cache(\"%s\")"
              + ".run(images.subset(many));";
      SnippetEvent event = stopped(shell, features.formatted(folder), () -> Files.exists(folder));
      assertThat(event.exception()).isNotNull();
      assertThat(event.exception().getMessage())
          .matches("Stopped; the features of \\d+ of 100000 images are in .*kept, and the same.*");
    }
  }
}
