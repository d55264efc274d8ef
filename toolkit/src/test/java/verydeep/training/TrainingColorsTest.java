package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;
import verydeep.data.ColorStatistics;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.data.UnreadableImageException;
import verydeep.drawn.DrawnImages;
import verydeep.internal.files.TensorFile;

/** Color statistics that are kept, joined, and computed without damaged images. */
@Timeout(60)
class TrainingColorsTest {

  @TempDir static Path root;
  @TempDir Path target;
  private static Images images;
  private static Images sound;
  private static Path broken;

  @BeforeAll
  static void draw() {
    int[] sides = IntStream.range(0, 40).map(i -> 10 + (i * 7) % 23).toArray();
    DrawnImages.noise(root.resolve("noise"), 1, sides);
    sound = Images.folder(root.resolve("noise"));
    broken = DrawnImages.broken(root.resolve("noise/b/005a.png"));
    images = Images.folder(root.resolve("noise"));
  }

  private static TrainingColors colors() {
    return TrainingColors.of(images).skippingUnreadable().quiet().pause(0);
  }

  private static void same(TrainingColors.Result given) {
    assertThat(given.images()).isEqualTo(20);
    assertThat(given.skipped()).extracting(Skipped::file).containsExactly(broken);
    ColorStatistics expected = ColorStatistics.of(sound);
    assertThat(given.statistics().mean()).isEqualTo(expected.mean());
    assertThat(given.statistics().covariance()).isDeepEqualTo(expected.covariance());
  }

  @Test
  void theyHaveTheBitsOfOneCallWhereverTheyAreComputed() {
    same(colors().run());
    same(colors().folder(target.resolve("one")).run());
    same(colors().folder(target.resolve("one")).run());
    for (int parts : new int[] {1, 4, 21, 50}) {
      Path folder = target.resolve("in-" + parts);
      try (var job = colors().job()) {
        for (int i = parts - 1; i >= 0; i--) {
          job.part(i, parts).run(folder);
        }
        same(job.join(folder));
        same(job.join(folder));
      }
    }
  }

  @Test
  void aDamagedImageThatCameByNameIsFoundInAFolderToo() throws IOException {
    Images stored = images.from(name -> Files.readAllBytes(Path.of(name)));
    TrainingColors colors =
        TrainingColors.of(stored).skippingUnreadable().folder(target).quiet().pause(0);
    colors.run();
    Path skipped = colors.run().skipped().get(0).file();
    assertThat(skipped).hasToString(broken.toString().replace('\\', '/'));
    assertThat(Files.readAllBytes(skipped)).isEqualTo(Files.readAllBytes(broken));
    assertThat(skipped.getFileSystem()).isEqualTo(stored.file(0).getFileSystem());
  }

  @Test
  void aDamagedImageIsAnErrorUnlessItIsSkipped() {
    assertThatThrownBy(() -> TrainingColors.of(images).quiet().run())
        .isInstanceOf(UnreadableImageException.class);
    colors().job().part(0, 2).run(target);
    assertThatThrownBy(() -> TrainingColors.of(images).quiet().job().part(1, 2).run(target))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("unreadable images: are left out in the file, end the job now");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 2 3",
        "1 2 3 4 5 6 7 8 9 x",
        "1 2 3 4 5 6 7 8 9 -1",
        "1 2 3 4 5 6 7 8 9 99999999999999999999999999999999999999999999999999999999999999"
      })
  void aPartWithoutSumsIsComputedAgain(String sums) throws IOException {
    colors().job().part(0, 2).run(target);
    Path part;
    try (Stream<Path> files = Files.list(target)) {
      part = files.filter(file -> file.toString().contains("part-")).findFirst().orElseThrow();
    }
    Map<String, String> texts = new HashMap<>(TensorFile.read(part).metadata());
    texts.put("sums", sums);
    TensorFile.write(part, texts, Map.of(), name -> null);
    try (var job = colors().job()) {
      assertThat(job.part(0, 2).run(target)).isEqualTo(10);
      job.part(1, 2).run(target);
      same(job.join(target));
    }
  }

  @Test
  void theyPrintInALine() {
    assertThat(colors().run().toString()).startsWith("20 images, 1 skipped: ");
    assertThat(colors().folder("runs").toString())
        .startsWith("colors of 21 images of 3 classes in ")
        .endsWith(", skipping unreadable ones, in runs");
  }

  @Test
  void noImageHasNoStatistics() {
    TrainingColors.Result none =
        TrainingColors.of(Images.of(List.of("a"), List.of(), new int[0], n -> null)).quiet().run();
    assertThat(none.images()).isZero();
    assertThatThrownBy(none::statistics).isInstanceOf(VerydeepException.class);
  }
}
