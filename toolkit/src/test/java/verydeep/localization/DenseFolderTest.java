package verydeep.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.ForkedJvm;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.BoxedImages;
import verydeep.internal.files.TensorFile;

/** Dense tests that keep themselves in a folder: stopped, killed, damaged, and in batches. */
@Timeout(300)
class DenseFolderTest {

  private static final int KILLS = Math.max(4, Integer.getInteger("kills", 12) / 40);
  private static final Random RANDOM = new Random();

  @TempDir static Path root;
  @TempDir Path target;
  private static BoxedImages images;
  private static Localization expected;

  @BeforeAll
  static void draw() {
    images = ForkedLocalization.images(root);
    expected = ForkedLocalization.test(1).test(images);
  }

  @Test
  void inBatchesTheImagesAreSeenAsEachAlone() {
    DenseLocalizer dense = ForkedLocalization.test(1);
    for (int i = 0; i < 4; i++) {
      List<LocalizedImage.Guess> alone = dense.merging().guesses(dense.views(images.image(i)), 5);
      List<LocalizedImage.Guess> together = expected.images().get(i).guesses();
      assertThat(together).hasSameSizeAs(alone);
      assertThat(alone.get(0).box().isDegenerate()).isFalse();
      for (int k = 0; k < alone.size(); k++) {
        assertThat(together.get(k).label()).isEqualTo(alone.get(k).label());
        assertThat(together.get(k).score()).isCloseTo(alone.get(k).score(), within(1e-4));
        assertThat(together.get(k).box().iou(alone.get(k).box())).isCloseTo(1, within(1e-3));
      }
    }
  }

  /** Ends the thread's test once its first part is kept. */
  private static void stopBehindThePart(Path folder) {
    Thread test = Thread.currentThread();
    Thread watch =
        new Thread(
            () -> {
              try {
                while (!Files.exists(folder.resolve("part-000000000-000000008.safetensors"))) {
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

  private static void stopped(Path folder) {
    stopBehindThePart(folder);
    assertThatThrownBy(() -> ForkedLocalization.test(1).folder(folder).test(images))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void stoppedInTheMiddleItGoesOnAndEndsInTheSameBits() throws IOException {
    stopped(target);
    assertThat(names(target))
        .contains("part-000000000-000000008.safetensors")
        .doesNotContain("test.safetensors");
    same(ForkedLocalization.test(1).folder(target.toString()).test(images));
    assertThat(names(target)).containsExactly("lock", "test.safetensors");
  }

  @Test
  void aFinishedTestIsGivenAtOnce() throws IOException {
    Localization first = ForkedLocalization.test(1).folder(target).test(images);
    Object written = Files.getLastModifiedTime(target.resolve("test.safetensors"));
    Localization again = ForkedLocalization.test(1).folder(target).test(images);
    same(again);
    assertThat(again.seconds()).isEqualTo(first.seconds());
    assertThat(again.arithmetic()).isEqualTo(first.arithmetic());
    assertThat(Files.getLastModifiedTime(target.resolve("test.safetensors"))).isEqualTo(written);
    same(Localization.read(target.resolve("test.safetensors")));
  }

  @Test
  void aFileThatAppearsTwiceIsRefusedBeforeAnyImageIsSeen() throws IOException {
    BoxedImages twice = images.subset(0, 1, 0);
    DenseLocalizer dense = ForkedLocalization.test(1).folder(target);
    assertThatThrownBy(() -> dense.test(twice))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(
            images.annotated(0).file() + " appears twice in 3 images", "not their eachObject()");
    assertThatThrownBy(() -> dense.job(twice)).hasMessageContaining("appears twice in 3 images");
    assertThat(names(target)).isEmpty();
  }

  @Test
  void aDamagedPartIsDoneAgainAndADamagedTestIsNamed() throws IOException {
    stopped(target);
    Files.writeString(target.resolve("part-000000000-000000008.safetensors"), "damaged");
    same(ForkedLocalization.test(1).folder(target).test(images));
    Path done = Files.writeString(target.resolve("test.safetensors"), "damaged");
    assertThatThrownBy(() -> ForkedLocalization.test(1).folder(target).test(images))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(done.toString(), "damaged", "another folder");
  }

  @Test
  void anotherTestIsRefusedWithWhatDiffers() {
    ForkedLocalization.test(1).folder(target).test(images);
    DenseLocalizer other =
        ForkedLocalization.test(9).merging(BoxMerging.standard().threshold(0.2)).folder(target);
    assertThatThrownBy(() -> other.test(images))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("other settings", "classifier: weights", "merging", "score of 0.2")
        .hasMessageNotContaining("localizer 1");
    assertThatThrownBy(() -> ForkedLocalization.test(1).folder(target).test(images.subset(0, 1, 2)))
        .hasMessageContaining("test images: 80 of 2 classes");
  }

  @Test
  void theFirstPartChoosesTheArithmeticForAll() {
    DenseSettings here = DenseSettings.chosen(ForkedLocalization.test(1), images);
    Map<String, String> elsewhere = new HashMap<>(here.texts());
    elsewhere.replaceAll((name, text) -> text.replaceAll(", (DJL|FAST)$", ", EXACT"));
    DenseSettings there = here.as(elsewhere);
    assertThat(there.arithmetics()).containsOnly(Arithmetic.EXACT).hasSize(3);
    assertThat(there.texts()).isEqualTo(elsewhere);
    assertThat(here.as(Map.of()).texts()).isEqualTo(here.texts());
    try (var job = ForkedLocalization.test(1).job(images)) {
      TensorFile.write(
          target.resolve("job.safetensors"),
          with(elsewhere, "format", "verydeep job 1"),
          Map.of(),
          name -> null);
      job.part(0, 2).run(target);
      job.part(1, 2).run(target);
      assertThat(job.join(target).arithmetic()).contains("F(2x2, 3x3)");
    }
  }

  private static Map<String, String> with(Map<String, String> texts, String name, String text) {
    Map<String, String> more = new HashMap<>(texts);
    more.put(name, text);
    return more;
  }

  @Test
  void partsOfSeveralSizesJoinToTheBitsOfOneRun() throws IOException {
    for (int parts : new int[] {3, 20}) {
      Path folder = target.resolve("in-" + parts);
      try (var job = ForkedLocalization.test(1).job(images)) {
        for (int i = parts - 1; i >= 0; i--) {
          job.part(i, parts).run(folder);
        }
        job.part(0, 2).run(folder);
        Localization joined = job.join(folder);
        same(joined);
        assertThat(joined.arithmetic()).isEqualTo(expected.arithmetic());
      }
      assertThat(names(folder)).containsExactly("test.safetensors");
    }
  }

  @Test
  void aPartOfAnotherTestIsRefusedByName() {
    try (var job = ForkedLocalization.test(1).job(images);
        var other = ForkedLocalization.test(9).job(images)) {
      job.part(0, 2).run(target);
      assertThatThrownBy(() -> other.part(1, 2).run(target))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("classifier: weights");
    }
  }

  @Test
  void noKillLosesAnImageOrABit() throws IOException, InterruptedException {
    Path output = target.resolve("output");
    int ends = 0;
    int before = 0;
    int inTheMiddle = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Path folder = target.resolve("run-" + ends);
      boolean saving = kill % 2 == 0;
      int known = before;
      Process process =
          ForkedJvm.start(ForkedLocalization.class, output, List.of(), target, folder);
      ForkedJvm.kill(
          process,
          saving
              ? () -> Files.exists(folder.resolve("lock"))
              : () -> parts(folder) > known, // so that there is where to go on
          RANDOM.nextInt(saving ? 600 : 10),
          saving ? folder : null);
      process.waitFor();
      if (names(folder).contains("test.safetensors")) {
        ends++;
        before = 0;
      } else {
        assertThat(parts(folder)).as("parts behind kill %d", kill).isGreaterThanOrEqualTo(before);
        before = parts(folder);
        inTheMiddle += before > 0 ? 1 : 0;
      }
    }
    for (int run = 0; run <= ends; run++) {
      Path folder = target.resolve("run-" + run);
      Process last = ForkedJvm.start(ForkedLocalization.class, output, List.of(), target, folder);
      assertThat(last.waitFor()).as(Files.readString(output)).isZero();
      assertThat(names(folder)).containsExactly("lock", "test.safetensors");
      same(Localization.read(folder.resolve("test.safetensors")));
    }
    assertThat(inTheMiddle).as("kills with a part of the test kept").isPositive();
    System.out.printf(
        "%d kills, %d of them with a part kept; %d localizations, all in the same bits%n",
        KILLS, inTheMiddle, ends + 1);
  }

  private static int parts(Path folder) {
    String[] names = folder.toFile().list((in, name) -> name.matches("part-[\\d-]+\\.safetensors"));
    return names == null ? 0 : names.length;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Doubles are equal here if they are of the same bits, or are both zeros. */
  private static void same(Localization given) {
    assertThat(given.name()).isEqualTo(expected.name());
    assertThat(given.protocol()).isEqualTo(expected.protocol());
    assertThat(given.classes()).isEqualTo(expected.classes());
    assertThat(given.images()).hasSize(ForkedLocalization.IMAGES);
    for (int i = 0; i < ForkedLocalization.IMAGES; i++) {
      LocalizedImage one = given.images().get(i);
      LocalizedImage other = expected.images().get(i);
      assertThat(one.file().getFileName()).isEqualTo(other.file().getFileName());
      assertThat(one.label()).isEqualTo(other.label());
      assertThat(one.truths()).isEqualTo(other.truths());
      assertThat(one.guesses()).isEqualTo(other.guesses());
    }
  }
}
