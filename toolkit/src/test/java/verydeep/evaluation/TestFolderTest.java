package verydeep.evaluation;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.Skipped;
import verydeep.data.UnreadableImageException;
import verydeep.drawn.DrawnImages;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Long tests that are stopped, and tests as files. */
@Timeout(60)
class TestFolderTest {

  private static final Vgg NET = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();

  @TempDir static Path root;
  @TempDir Path target;
  private static Images images;

  @BeforeAll
  static void draw() {
    int[] sides = IntStream.range(0, 200).map(i -> 34 + (i * 7) % 23).toArray();
    images = DrawnImages.noise(root.resolve("noise"), 1, sides);
    DrawnImages.broken(root.resolve("noise/b/005a.png"));
    images = Images.folder(root.resolve("noise"));
  }

  private static EvaluationBuilder test(long seed) {
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(NET, seed),
            List.of("a", "b", "c"),
            Preprocessing.paper(new Rgb(120, 110, 100)),
            Provenance.unknown());
    return Evaluation.of(checkpoint, images)
        .dense()
        .scales(32, 40)
        .skippingUnreadable()
        .quiet()
        .pause(0);
  }

  private static void same(Evaluation given, Evaluation expected) {
    assertThat(given.name()).isEqualTo(expected.name());
    assertThat(given.protocol()).isEqualTo(expected.protocol());
    assertThat(given.views()).isEqualTo(expected.views());
    assertThat(given.classes()).isEqualTo(expected.classes());
    assertThat(given.skipped()).isEqualTo(expected.skipped());
    assertThat(given.predictions()).hasSameSizeAs(expected.predictions());
    for (int i = 0; i < given.predictions().size(); i++) {
      Prediction one = given.predictions().get(i);
      Prediction other = expected.predictions().get(i);
      assertThat(one.file()).isEqualTo(other.file());
      assertThat(one.label()).isEqualTo(other.label());
      for (int k = 0; k < 3; k++) {
        assertThat(one.score(k)).isEqualTo(other.score(k));
      }
    }
  }

  private List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Ends the thread's test behind the part that holds so many images. */
  private static void stopBehind(int parts, Path folder) {
    Thread test = Thread.currentThread();
    Thread watch =
        new Thread(
            () -> {
              try {
                while (count(folder) < parts) {
                  Thread.sleep(1);
                }
                test.interrupt();
              } catch (InterruptedException e) {
                // not needed any more
              }
            });
    watch.setDaemon(true);
    watch.start();
  }

  private static int count(Path folder) {
    String[] names = folder.toFile().list((in, name) -> name.matches("part-[\\d-]+.safetensors"));
    return names == null ? 0 : names.length;
  }

  @Test
  void stoppedInTheMiddleItGoesOnAndEndsInTheSameBits() throws IOException {
    Evaluation unbroken = test(1).run();
    assertThat(unbroken.skipped()).hasSize(1);
    Path folder = target.resolve("test");
    stopBehind(1, folder);
    try {
      test(1).folder(folder).run();
    } catch (CancellationException e) {
      assertThat(files(folder)).contains("part-000000000-000000032.safetensors");
    } finally {
      Thread.interrupted();
    }
    same(test(1).folder(folder).run(), unbroken);
    assertThat(files(folder)).containsExactly("lock", "test.safetensors");
  }

  @Test
  void aFinishedTestIsGivenAtOnce() throws IOException {
    Path folder = target.resolve("test");
    Evaluation first = test(1).folder(folder).run();
    long written = Files.getLastModifiedTime(folder.resolve("test.safetensors")).toMillis();
    same(test(1).folder(folder).run(), first);
    assertThat(Files.getLastModifiedTime(folder.resolve("test.safetensors")).toMillis())
        .isEqualTo(written);
    same(Evaluation.read(folder.resolve("test.safetensors")), first);
  }

  @Test
  void aDamagedPartIsDoneAgain() throws IOException {
    Path folder = target.resolve("test");
    stopBehind(2, folder);
    try {
      test(1).folder(folder).run();
    } catch (CancellationException e) {
      Files.writeString(folder.resolve("part-000000032-000000064.safetensors"), "damaged");
    } finally {
      Thread.interrupted();
    }
    same(test(1).folder(folder).run(), test(1).run());
  }

  @Test
  void aFinishedTestThatIsDamagedIsNamed() throws IOException {
    Path folder = target.resolve("test");
    test(1).folder(folder).run();
    Path done = Files.writeString(folder.resolve("test.safetensors"), "damaged");
    assertThatThrownBy(() -> test(1).folder(folder).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(done.toString(), "damaged", "another folder");
  }

  @Test
  void anotherTestIsRefusedWithWhatDiffers() {
    Path folder = target.resolve("test");
    test(1).folder(folder).run();
    assertThatThrownBy(() -> test(2).scales(48).folder(folder).run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(
            "other settings", "weights: ", "how: dense, Q=32,40, flipped in the file");
  }

  @Test
  void denseAndMultiCropAreKeptEachInItsOwnFolder() throws IOException {
    Path folder = target.resolve("both");
    Evaluation both = test(1).denseAndMultiCrop().scales(40).folder(folder).run();
    assertThat(files(folder)).containsExactly("dense", "multi-crop");
    Evaluation dense = Evaluation.read(folder.resolve("dense/test.safetensors"));
    Evaluation crops = Evaluation.read(folder.resolve("multi-crop/test.safetensors"));
    same(both, Evaluation.mean(dense, crops));
  }

  @Test
  void anImageThatCannotBeReadIsNamedOrEndsTheTest() {
    Evaluation test = test(1).centerCrop().scales(40).run();
    assertThat(test.predictions()).hasSize(images.size() - 1);
    assertThat(test.skipped()).extracting(Skipped::file).containsExactly(broken());
    assertThat(test.skipped().get(0).reason()).isNotBlank();
    assertThat(test.toString()).contains("not read: " + broken() + ": ");
    assertThatThrownBy(
            () ->
                Evaluation.of(
                        Checkpoint.of(
                            Parameters.initial(NET, 1),
                            List.of("a", "b", "c"),
                            Preprocessing.paper(new Rgb(120, 110, 100)),
                            Provenance.unknown()),
                        images)
                    .scales(40)
                    .quiet()
                    .run())
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining(broken().toString());
  }

  private static Path broken() {
    return root.resolve("noise/b/005a.png");
  }

  @Test
  void aTestIsWrittenAndReadToTheBit() {
    Evaluation test = test(3).multiCrop().scales(40).run();
    same(Evaluation.read(test.write(target.resolve("a/b.safetensors"))), test);
    Evaluation mean = Evaluation.mean(test, test(4).dense().run());
    same(Evaluation.read(mean.write(target.resolve("c.safetensors").toString())), mean);
  }

  @Test
  void aLargeTestIsReadToTheBitAndStaysInItsFile() throws IOException {
    int images = 1100;
    List<String> classes = IntStream.range(0, 1000).mapToObj(i -> "class " + i).toList();
    Random random = new Random(1);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      float[] scores = new float[classes.size()];
      for (int k = 0; k < scores.length; k++) {
        scores[k] = random.nextFloat();
      }
      predictions.add(new Prediction(Path.of(i + ".jpg"), i % 1000, scores));
    }
    Evaluation test = new Evaluation("net", "dense", classes, predictions, 1);
    Path file = test.write(target.resolve("large.safetensors"));
    Evaluation read = Evaluation.read(file);

    for (int i = 0; i < images; i++) {
      for (int k = 0; k < classes.size(); k++) {
        assertThat(read.predictions().get(i).score(k)).isEqualTo(predictions.get(i).score(k));
      }
      assertThat(read.predictions().get(i).rank()).isEqualTo(predictions.get(i).rank());
    }
    assertThat(read.errors()).isEqualTo(test.errors());
    assertThat(Evaluation.mean(read, test).predictions().get(7).score(9))
        .isEqualTo(predictions.get(7).score(9));
    overwrite(file, predictions.get(0).score(0), 2);
    assertThat(read.predictions().get(0).score(0)).as("read where it lies").isEqualTo(2);
  }

  /** The first place in a file where a number stands. */
  private static void overwrite(Path file, float number, float by) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      ByteBuffer bytes =
          channel
              .map(FileChannel.MapMode.READ_WRITE, 0, channel.size())
              .order(ByteOrder.LITTLE_ENDIAN);
      int at = 0;
      while (bytes.getFloat(at) != number) {
        at++;
      }
      bytes.putFloat(at, by);
    }
  }

  @Test
  void namesWithLineEndsAndPercentSignsAreKept() {
    Prediction odd = new Prediction(Path.of("a\nb%0Ac"), 0, new float[] {1, 0});
    Evaluation test = new Evaluation("n\nm", "p", List.of("100%", "two\r\nlines"), List.of(odd), 1);
    Evaluation read = Evaluation.read(test.write(target.resolve("odd.safetensors")));
    assertThat(read.classes()).isEqualTo(test.classes());
    assertThat(read.predictions().get(0).file()).isEqualTo(odd.file());
    assertThat(read.name()).isEqualTo("n\nm");
  }

  @Test
  void whatIsNoTestIsNamed() throws IOException {
    Path text = Files.writeString(target.resolve("text"), "hello, this is no test at all");
    assertThatThrownBy(() -> Evaluation.read(text))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(text.toString());
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(NET, 1),
            List.of("a", "b", "c"),
            Preprocessing.paper(new Rgb(1, 2, 3)),
            Provenance.unknown());
    Path weights = checkpoint.write(target.resolve("weights.safetensors"));
    assertThatThrownBy(() -> Evaluation.read(weights))
        .isInstanceOf(FileException.class)
        .hasMessageContainingAll(weights.toString(), "not a test", "verydeep test 1");
  }
}
