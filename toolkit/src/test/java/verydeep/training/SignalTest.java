package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.data.Images;
import verydeep.drawn.DrawnImages;
import verydeep.network.Parameters;

/** A training whose process is asked to end, and one whose disk is full. */
class SignalTest {

  @TempDir Path root;
  private Path images;
  private Path folder;
  private Path output;

  @BeforeEach
  void draw() {
    images = root.resolve("pictures");
    folder = root.resolve("run");
    output = root.resolve("output");
    DrawnImages.shapes(images, 10, 1);
  }

  private String output() throws IOException {
    return Files.readString(output);
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
  }

  /** Whether this process, whose children inherit it, ignores INT, the second signal: on Linux. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> new BigInteger(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(ignored -> ignored.testBit(1));
  }

  private void sameAsUnbroken() {
    Training whole = ForkedTraining.training(images, folder).quiet().run();
    Training unbroken = ForkedTraining.training(images, root.resolve("unbroken")).quiet().run();
    Parameters given = whole.last().parameters();
    for (String name : given.names()) {
      assertThat(given.get(name).toArray())
          .as(name)
          .isEqualTo(unbroken.last().parameters().get(name).toArray());
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void aSignalEndsItBehindAStepWithAMessageAndItsStateKept(String signal, int status)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/bin/kill")) || Files.exists(Path.of("/usr/bin/kill")));
    assumeFalse(
        signal.equals("INT") && ignoresInterrupts(),
        "what a shell starts in the background ignores INT, and so would the training");
    Process process = ForkedTraining.start(images, folder, output);
    while (process.isAlive() && output().lines().filter("step"::equals).count() < 3) {
      Thread.sleep(2);
    }
    signal(process, signal);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output()).isEqualTo(status);
    List<String> lines = output().lines().toList();
    assertThat(lines.get(lines.size() - 1))
        .matches(
            "Stopped by a signal in epoch \\d, after step \\d. Its state is in .*run. The same"
                + " call.*");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
    sameAsUnbroken();
  }

  /** A limit of the size of files stands for a full disk: writing fails in the middle. */
  @Test
  void whereNothingCanBeWrittenAnyMoreTheLastStateStaysAndItIsSaid()
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/bin/sh")));
    Training part =
        ForkedTraining.training(images, folder)
            .progress(
                new Progress() {
                  @Override
                  public void step(Progress.Step step) {
                    if (step.step() == 4) {
                      Thread.currentThread().interrupt();
                    }
                  }
                })
            .run();
    assertThat(part.stopReason()).isEqualTo(Training.StopReason.INTERRUPTED);
    List<String> before = files();

    // blocks of 512 bytes; states take 1.7 MB
    String limited = "ulimit -f 200; exec \"$@\"";
    Process process = ForkedTraining.start(images, folder, output, "/bin/sh", "-c", limited, "sh");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output()).isZero();
    assertThat(output())
        .contains("Resuming the training")
        .containsPattern(
            "The training could not be saved; its previous state is still there. .*state-.*"
                + "(File too large|No space)");
    assertThat(files()).isEqualTo(before);
    sameAsUnbroken();
  }

  @Test
  void aDiskThatIsFullAtTheBeginningIsFoundOutBeforeTheFirstStep()
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/bin/sh")));
    String limited = "ulimit -f 200; exec \"$@\"";
    Process process = ForkedTraining.start(images, folder, output, "/bin/sh", "-c", limited, "sh");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(output())
        .contains("VerydeepException: The training cannot be saved in its folder: ")
        .containsPattern("File too large|No space")
        .doesNotContain("step\n");
    assertThat(files()).containsExactly("lock");
  }

  @Test
  void aScriptThatExitsInTheMiddleOfATrainingDoesNotHang()
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Exiting.class.getName(),
                images.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(output()).isTrue();
    assertThat(process.exitValue()).isEqualTo(7);
  }

  /** Calls System.exit from its progress. */
  static final class Exiting {
    private Exiting() {}

    public static void main(String[] arguments) {
      Path images = Path.of(arguments[0]);
      ForkedTraining.training(images, images.resolveSibling("exiting"))
          .progress(
              new Progress() {
                @Override
                public void step(Progress.Step step) {
                  System.exit(7);
                }
              })
          .run();
      throw new AssertionError(Images.folder(images));
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("epochs.csv"))
          .sorted()
          .toList();
    }
  }
}
