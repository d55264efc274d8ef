package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static verydeep.network.Configuration.A;
import static verydeep.network.Configuration.A_LRN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.FileException;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.TrainingScale;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** A checkpoint on disk: the same bits back, whole or not at all. */
class CheckpointTest {

  private static final Path SHIPPED =
      Path.of("../datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");

  @TempDir Path folder;

  @Test
  void readsTheSameBitsAndFactsAsWereWritten() {
    Vgg network =
        Vgg.of(A_LRN).width(1.0 / 32).classes(2).input(96).dropout(0.25).batchNorm(true).build();
    Provenance provenance =
        Provenance.unknown().with("seed", 42).with("note", "\"quoted\"\n\u00e4\u4e2d\ud83d\ude00");
    Checkpoint written =
        Checkpoint.of(
                Parameters.initial(network, 42),
                List.of("caf\u00e9 \"au lait\"", ""),
                Preprocessing.paper(new Rgb(0.1, 1e-17, 123.456789012345)),
                provenance)
            .withTrainingScale(TrainingScale.jittered(96, 192));
    Path file = written.write(folder.resolve("made/on/the/way/net.safetensors"));
    Checkpoint read = Checkpoint.read(file.toString());
    checkSameWeights(read, written);
    assertThat(read.network()).isEqualTo(network);
    assertThat(read.network().dropout()).isEqualTo(0.25);
    assertThat(read.network().batchNorm()).isTrue();
    assertThat(read.classNames()).isEqualTo(written.classNames());
    assertThat(read.preprocessing()).isEqualTo(written.preprocessing());
    assertThat(read.trainingScale()).isEqualTo(written.trainingScale());
    assertThat(read.provenance()).isEqualTo(provenance);
    assertThat(read).hasToString(written.toString());
  }

  @Test
  void networkOfConvolutionsOnlyAndFixedScaleComeBack() {
    Vgg network = Vgg.of(A).width(1.0 / 32).convolutionsOnly().build();
    Checkpoint written =
        Checkpoint.of(
                Parameters.initial(network, 1),
                List.of(),
                Preprocessing.torchvision(),
                Provenance.unknown())
            .withTrainingScale(TrainingScale.fixed(256));
    Checkpoint read = Checkpoint.read(written.write(folder.resolve("features.safetensors")));
    checkSameWeights(read, written);
    assertThat(read.network().convolutionsOnly()).isTrue();
    assertThat(read.trainingScale()).contains(TrainingScale.fixed(256));
    assertThat(small(1).trainingScale()).isEmpty();
  }

  @Test
  void otherReadersUnderstandTheFile() {
    Checkpoint written = small(1);
    Goldens file = Goldens.read(written.write(folder.resolve("net.safetensors")));
    for (String name : written.parameters().names()) {
      assertThat(file.floats(name)).isEqualTo(written.parameters().get(name).toArray());
      assertThat(file.sizes(name)).isEqualTo(written.parameters().get(name).sizes());
    }
  }

  @Test
  void sameCheckpointGivesTheSameBytes() throws IOException {
    Path first = small(1).write(folder.resolve("first"));
    Path second = small(1).write(folder.resolve("second"));
    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }

  @Test
  void halfFloatsOfTheShippedNetAreReadExactly() {
    Checkpoint d = Checkpoint.read(SHIPPED);
    Goldens file = Goldens.read(SHIPPED);
    assertThat(d.classNames()).isEmpty();
    assertThat(d.preprocessing()).isEqualTo(Preprocessing.caffe());
    assertThat(d.provenance().facts()).containsEntry("license", "CC BY 4.0");
    assertThat(d.parameters().names()).hasSize(26);
    for (String name : d.parameters().names()) {
      assertThat(d.parameters().get(name).toArray()).isEqualTo(file.floats(name));
    }
  }

  @Test
  void checkpointMayBeWrittenOverTheFileThatItWasReadFrom() {
    Path file = small(1).write(folder.resolve("net.safetensors"));
    Checkpoint.read(file).write(file);
    checkSameWeights(Checkpoint.read(file), small(1));
  }

  @Test
  void checkpointReadBeforeTheFileWasReplacedStaysTheOld() {
    Path file = small(1).write(folder.resolve("net.safetensors"));
    Checkpoint old = Checkpoint.read(file);
    small(2).write(file);
    checkSameWeights(old, small(1));
    checkSameWeights(Checkpoint.read(file), small(2));
    checkNoPart();
  }

  @Test
  void folderInThePlaceOfTheFileIsRefusedAndNoPartStays() throws IOException {
    Path target = Files.createDirectory(folder.resolve("net.safetensors"));
    Files.createFile(target.resolve("inside"));
    assertThatThrownBy(() -> small(1).write(target))
        .isInstanceOf(FileException.class)
        .hasMessageContainingAll(target.toString(), "cannot be written");
    assertThat(target.resolve("inside")).exists();
    checkNoPart();
  }

  @Test
  void fileInThePlaceOfAFolderIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    assertThatThrownBy(() -> small(1).write(file.resolve("net.safetensors")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("net.safetensors");
    assertThat(file).hasContent("text");
  }

  @Test
  void readOnlyFolderKeepsTheOldFile() throws IOException {
    Path file = small(1).write(folder.resolve("locked/net.safetensors"));
    Path locked = file.getParent();
    try {
      assumeFalse(
          !locked.toFile().setWritable(false) || mayWriteInto(locked),
          "needs a user whom a read-only folder stops");
      assertThatThrownBy(() -> small(2).write(file)).isInstanceOf(FileException.class);
    } finally {
      assertThat(locked.toFile().setWritable(true)).isTrue();
    }
    checkSameWeights(Checkpoint.read(file), small(1));
    checkNoPart();
  }

  @Test
  void interruptedThreadWritesTheWholeFileOrLeavesTheOld() {
    Path file = small(1).write(folder.resolve("net.safetensors"));
    Checkpoint next = small(2);
    Thread.currentThread().interrupt();
    boolean written = true;
    try {
      next.write(file);
    } catch (FileException e) {
      written = false;
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    checkSameWeights(Checkpoint.read(file), written ? next : small(1));
    checkNoPart();
  }

  @Test
  void readingOnAnInterruptedThreadIsCancelled() {
    Path file = small(1).write(folder.resolve("net.safetensors"));
    for (ThrowingCallable read :
        List.<ThrowingCallable>of(() -> Checkpoint.read(file), () -> Tensors.read(file))) {
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(read)
            .isInstanceOf(CancellationException.class)
            .hasMessage("The thread was interrupted.");
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
    checkSameWeights(Checkpoint.read(file), small(1));
  }

  @Test
  void missingFileIsNamed() {
    Path file = folder.resolve("nowhere.safetensors");
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> Checkpoint.read(folder))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void asManyNamesAsClassesAreNeeded() {
    Parameters parameters = small(1).parameters();
    assertThatThrownBy(
            () ->
                Checkpoint.of(
                    parameters, List.of("one"), Preprocessing.caffe(), Provenance.unknown()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("2 classes", "1 names");
  }

  private static boolean mayWriteInto(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, "try", ""));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void checkSameWeights(Checkpoint given, Checkpoint wanted) {
    assertThat(given.parameters().names()).isEqualTo(wanted.parameters().names());
    for (String name : wanted.parameters().names()) {
      assertThat(given.parameters().get(name).toArray())
          .isEqualTo(wanted.parameters().get(name).toArray());
    }
  }

  private void checkNoPart() {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Checkpoint small(long seed) {
    Vgg network = Vgg.of(A).width(1.0 / 64).classes(2).input(32).build();
    return Checkpoint.of(
        Parameters.initial(network, seed),
        List.of("cat", "dog"),
        Preprocessing.caffe(),
        Provenance.unknown().with("seed", seed));
  }
}
