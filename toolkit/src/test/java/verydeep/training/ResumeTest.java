package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static verydeep.network.Configuration.A;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.drawn.DrawnImages;
import verydeep.internal.files.TensorFile;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/** A training that was stopped goes on as if it had not been. */
@Timeout(60)
class ResumeTest {

  @TempDir static Path root;
  @TempDir Path target;
  private static Split<Images> shapes;

  private static final Vgg NET = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();
  private final List<String> notices = new ArrayList<>();

  @BeforeAll
  static void draw() {
    shapes = DrawnImages.shapes(root, 10, 1).split(0.7, 2);
  }

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    assertThat(DrawnImages.threadsLeft()).isEmpty();
  }

  /** Six steps an epoch; the rate falls at once where an epoch is not better. */
  private static Recipe recipe(int epochs) {
    return Recipe.paper().batch(4).rate(LearningRate.plateau(0.01).patience(1)).epochs(epochs);
  }

  /** Is interrupted behind a step, counted over all epochs; 0 for never. */
  private TrainingBuilder training(int epochs, int interruptedAt) {
    return Training.of(NET, shapes)
        .recipe(recipe(epochs))
        .seed(3)
        .folder(target.resolve("run"))
        .progress(
            new Progress() {
              private int steps;

              @Override
              public void step(Progress.Step step) {
                if (++steps == interruptedAt) {
                  Thread.currentThread().interrupt();
                }
              }

              @Override
              public void notice(String text) {
                notices.add(text);
              }
            });
  }

  private static Training unbroken(int epochs) {
    return Training.of(NET, shapes).recipe(recipe(epochs)).seed(3).quiet().run();
  }

  private static void sameBits(Training given, Training expected) {
    sameBits(given.last().parameters(), expected.last().parameters());
    sameBits(given.best().parameters(), expected.best().parameters());
    assertThat(given.bestEpoch()).isEqualTo(expected.bestEpoch());
    assertThat(given.stopReason()).isEqualTo(expected.stopReason());
    assertThat(given.epochs()).hasSameSizeAs(expected.epochs());
    for (int i = 0; i < given.epochs().size(); i++) {
      Epoch one = given.epochs().get(i);
      Epoch other = expected.epochs().get(i);
      assertThat(one.loss()).isEqualTo(other.loss());
      assertThat(one.rate()).isEqualTo(other.rate());
      assertThat(one.training()).isEqualTo(other.training());
      assertThat(one.validation()).isEqualTo(other.validation());
    }
    assertThat(given.best().provenance().facts()).isEqualTo(expected.best().provenance().facts());
  }

  private static void sameBits(Parameters given, Parameters expected) {
    for (String name : expected.names()) {
      assertThat(given.get(name).toArray()).as(name).isEqualTo(expected.get(name).toArray());
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(target.resolve("run"))) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 7, 11, 12})
  void stoppedAtAnyStepItEndsInTheSameBits(int step) {
    Training part = training(3, step).run();
    assertThat(part.stopReason()).isEqualTo(Training.StopReason.INTERRUPTED);
    Training whole = training(3, 0).run();
    assertThat(notices).hasSize(1).first().asString().startsWith("Resuming the training in ");
    sameBits(whole, unbroken(3));
  }

  @Test
  void stoppedAgainAndAgainItEndsInTheSameBits() {
    int runs = 0;
    while (training(3, 2).run().stopReason() == Training.StopReason.INTERRUPTED) {
      runs++;
    }
    assertThat(runs).isBetween(5, 12);
    sameBits(training(3, 0).run(), unbroken(3));
  }

  @Test
  void aFinishedTrainingIsGivenAtOnce() throws IOException {
    Training first = training(2, 0).run();
    byte[] before = Files.readAllBytes(target.resolve("run").resolve(newestState()));
    Training again = training(2, 1).run();
    sameBits(again, first);
    assertThat(notices).hasSize(1).first().asString().contains("is already finished");
    assertThat(Files.readAllBytes(target.resolve("run").resolve(newestState()))).isEqualTo(before);
    assertThat(again.seconds()).isCloseTo(first.seconds(), within(5.0));
  }

  private String newestState() throws IOException {
    return files().stream().filter(f -> f.startsWith("state-")).reduce((a, b) -> b).orElseThrow();
  }

  @Test
  void moreEpochsGoOnWhereItEnded() {
    training(1, 0).run();
    Training more = training(3, 0).run();
    assertThat(more.epochs()).hasSize(3);
    sameBits(more.last().parameters(), unbroken(3).last().parameters());
  }

  @Test
  void theLastTwoStatesAndTheirBestNetworksAreKept() throws IOException {
    training(4, 0).writeEvery(Duration.ZERO).run();
    List<String> files = files();
    assertThat(files).filteredOn(f -> f.startsWith("state-")).hasSizeBetween(1, 2);
    assertThat(files).filteredOn(f -> f.startsWith("best-")).hasSizeBetween(1, 2);
    assertThat(files).contains("epochs.csv", "lock").noneMatch(f -> f.endsWith(".part"));
    Training run = training(4, 0).run();
    Path best = target.resolve("run/best-00%d.safetensors".formatted(run.bestEpoch()));
    sameBits(Checkpoint.read(best).parameters(), run.best().parameters());
  }

  @Test
  void aLineOfCsvIsThereForEachEpoch() throws IOException {
    Training run = training(3, 0).run();
    List<String> lines = Files.readAllLines(target.resolve("run/epochs.csv"));
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("epoch,rate,loss,training_wrong_top1");
    Epoch second = run.epochs().get(1);
    assertThat(lines.get(2).split(",", -1))
        .hasSize(lines.get(0).split(",", -1).length)
        .startsWith("2", "" + second.rate(), "" + second.loss());
    assertThat(EpochLines.read(Files.readString(target.resolve("run/epochs.csv"))))
        .isEqualTo(run.epochs());
  }

  @Test
  void aDamagedStateIsLeftOutForTheOneBefore() throws IOException {
    int step = 0;
    do { // until there are two
      training(3, 3).writeEvery(Duration.ofDays(1)).run();
      step += 3;
    } while (step < 6);
    Path newest = target.resolve("run").resolve(newestState());
    byte[] bytes = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));
    notices.clear();
    Training whole = training(3, 0).run();
    assertThat(notices.get(0)).startsWith("Skipped a damaged state. " + newest);
    assertThat(notices.get(1)).endsWith("epoch 1, after step 3.");
    sameBits(whole, unbroken(3));
  }

  @Test
  void ifNoStateCanBeReadNothingIsOverwritten() throws IOException {
    training(3, 3).run();
    for (String file : files()) {
      if (file.startsWith("state-")) {
        Files.writeString(target.resolve("run").resolve(file), "{}");
      }
    }
    List<String> before = files();
    assertThatThrownBy(() -> training(3, 0).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("No saved state", newestState(), "another folder");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void anotherTrainingsStateIsRefusedWithWhatDiffers() {
    training(3, 3).run();
    assertThatThrownBy(() -> training(3, 0).seed(4).recipe(recipe(3).batch(5)).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(
            "training with other settings",
            "seed: 3 in the file, 4 now",
            "batch: 4 in the file, 5 now")
        .hasMessageNotContaining("momentum");
    sameBits(training(3, 0).run(), unbroken(3));
  }

  @Test
  void halfWrittenFilesOfAKilledProcessAreSweptAway() throws IOException {
    training(2, 3).run();
    Path part = target.resolve("run/state-00000004-00.safetensors.ab12.part");
    Files.writeString(part, "half");
    Path own = Files.writeString(target.resolve("run/notes.part"), "the user's own");
    training(2, 0).run();
    assertThat(part).doesNotExist();
    assertThat(own).exists();
  }

  @Test
  void twoTrainingsDoNotShareAFolder() {
    List<Throwable> second = new ArrayList<>();
    training(1, 0)
        .progress(
            new Progress() {
              @Override
              public void step(Progress.Step step) {
                try {
                  training(1, 0).run();
                } catch (VerydeepException e) {
                  second.add(e);
                }
              }
            })
        .run();
    assertThat(second).isNotEmpty();
    assertThat(second.get(0)).hasMessageContainingAll("another run is using it", target.toString());
  }

  @Test
  void aFolderThatIsAFileIsFoundOutBeforeTheFirstStep() throws IOException {
    Path file = Files.writeString(target.resolve("file"), "x");
    for (Path folder : List.of(file, file.resolve("run"))) {
      assertThatThrownBy(() -> training(1, 0).folder(folder).run())
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining(folder.toString());
    }
    assertThat(Files.readString(file)).isEqualTo("x");
  }

  @Test
  void aFolderThatMayNotBeWrittenToIsFoundOutBeforeTheFirstStep() throws IOException {
    Path folder = Files.createDirectories(target.resolve("run"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(folder), "root may write everywhere");
      assertThatThrownBy(() -> training(1, 0).run())
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll(folder.toString(), "denied");
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void otherVersionsAreReported() {
    training(3, 3).run();
    Path state = target.resolve("run").resolve("state-00000003-00.safetensors");
    TensorFile content = TensorFile.read(state);
    Map<String, String> older = new LinkedHashMap<>(content.metadata());
    older.put("versions", "DJL 0.1, PyTorch 0.4");
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    Map<String, Tensor> copies = new LinkedHashMap<>();
    content.tensors().forEach((name, t) -> shapes.put(name, t.sizes()));
    content.tensors().forEach((name, t) -> copies.put(name, Tensor.of(t.sizes(), t.toArray())));
    TensorFile.write(state, older, shapes, copies::get);
    training(3, 0).run();
    assertThat(notices.get(0))
        .contains("other library versions", "DJL 0.1, PyTorch 0.4 then", "now");
  }

  @Test
  void interruptedBeforeItBeginsItKeepsItsBeginning() {
    Thread.currentThread().interrupt();
    Training none = training(3, 0).run();
    assertThat(none.stopReason()).isEqualTo(Training.StopReason.INTERRUPTED);
    assertThat(none.epochs()).isEmpty();
    sameBits(training(3, 0).run(), unbroken(3));
  }
}
