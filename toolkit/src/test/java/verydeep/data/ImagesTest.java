package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.drawn.DrawnImages;

class ImagesTest {
  @TempDir Path root;

  private void file(String name) throws IOException {
    Path path = root.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "x");
  }

  private static List<String> names(Images images) {
    return IntStream.range(0, images.size())
        .mapToObj(i -> images.file(i).getFileName().toString())
        .toList();
  }

  @Test
  void classesAndFilesAreSortedByCodeUnits() throws IOException {
    for (String name :
        new String[] {
          "b/10.png",
          "b/9.JPG",
          "b/é.gif",
          "b/Z.bmp",
          "b/a.jpeg",
          "B/1.png",
          "ä/1.png",
          "b/in/1.png"
        }) {
      file(name);
    }
    Images images = Images.folder(root.toString());
    assertThat(images.classes()).containsExactly("B", "b", "ä");
    assertThat(names(images))
        .containsExactly("1.png", "10.png", "9.JPG", "Z.bmp", "a.jpeg", "1.png", "é.gif", "1.png");
    assertThat(images.counts()).containsExactly(1, 6, 1);
    assertThat(images.label(7)).isEqualTo(2);
  }

  @Test
  void hiddenFilesAndOtherFilesAreIgnored() throws IOException {
    for (String name :
        new String[] {
          "a/1.png",
          "a/._1.png",
          "a/notes.txt",
          "a/png",
          "b/1.png",
          "b/.cache/2.png",
          ".git/1.png",
          "labels.csv"
        }) {
      file(name);
    }
    assertThat(Images.folder(root).classes()).containsExactly("a", "b");
    assertThat(Images.folder(root).size()).isEqualTo(2);
  }

  @Test
  void invalidFoldersAreNamed() throws IOException {
    assertData("missing", "does not exist", root.resolve("missing"));
    assertData("none", "two classes", root);
    file("cat/1.png");
    assertData("one", "one: [" + root.resolve("cat"), root);
    file("dog/notes.txt");
    assertData("empty", "class dog has no image", root);
    assertData("file", "is a file", root.resolve("cat/1.png"));
  }

  private static void assertData(String as, String message, Path folder) {
    assertThatThrownBy(() -> Images.folder(folder))
        .as(as)
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void splitKeepsProportionsAndIsReproducible() throws IOException {
    int[] counts = {2, 3, 10, 41, 100};
    Images images = labels(counts);
    for (double fraction : new double[] {0.01, 0.3, 0.5, 0.8, 0.99}) {
      for (long seed = 0; seed < 20; seed++) {
        Split<Images> split = images.split(fraction, seed);
        int[] training = split.training().counts();
        int[] validation = split.validation().counts();
        Set<Path> seen = new HashSet<>();
        IntStream.range(0, split.training().size())
            .forEach(i -> seen.add(split.training().file(i)));
        IntStream.range(0, split.validation().size())
            .forEach(i -> seen.add(split.validation().file(i)));
        assertThat(seen).hasSize(images.size());
        for (int label = 0; label < counts.length; label++) {
          assertThat(training[label] + validation[label]).isEqualTo(counts[label]);
          assertThat(Math.min(training[label], validation[label])).isPositive();
          assertThat(Math.abs(training[label] - fraction * counts[label])).isLessThanOrEqualTo(1);
        }
        assertThat(names(images.split(fraction, seed).training()))
            .isEqualTo(names(split.training()))
            .isSorted();
      }
    }
    assertThat(names(images.split(0.5, 1).training()))
        .isNotEqualTo(names(images.split(0.5, 2).training()));
    assertThat(images.split(0.5, 1).training().size()).isEqualTo(79);
    assertThat(images.split(0.5, 1).validation().size()).isEqualTo(77);
  }

  @Test
  void takeKeepsProportionsAndEveryClass() throws IOException {
    Images images = labels(2, 3, 10, 41, 100);
    for (int n : new int[] {5, 6, 20, 77, 155, 156}) {
      Images some = images.take(n, 3);
      assertThat(some.size()).isEqualTo(n);
      assertThat(some.counts()).doesNotContain(0);
      assertThat(names(some)).isEqualTo(names(images.take(n, 3)));
    }
    assertThat(images.take(78, 3).counts()).containsExactly(1, 2, 5, 20, 50);
    assertThatThrownBy(() -> images.take(4, 1)).hasMessageContaining("4 of 156");
    assertThatThrownBy(() -> images.take(157, 1)).isInstanceOf(VerydeepException.class);
  }

  @Test
  void impossibleSplitsAreNamed() throws IOException {
    for (double fraction : new double[] {0, 1, -1, 2, Double.NaN}) {
      assertThatThrownBy(() -> labels(2, 2).split(fraction, 1))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("" + fraction);
    }
    assertThatThrownBy(() -> labels(2, 1).split(0.5, 1))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("class class1 has 1 image(s)");
  }

  @Test
  void unreadableFilesAreErrorsOrSkippedAndListed() throws IOException {
    Images images = Goldens.images(root, 3, 2);
    Path bad = Files.writeString(root.resolve("class0/001.png"), "no image");
    assertThatThrownBy(() -> images.image(1)).hasMessageContaining(bad.toString());
    assertThatThrownBy(() -> ColorStatistics.of(images))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining(bad.toString());
    Images readable = images.skippingUnreadable();
    assertThat(readable.size()).isEqualTo(4);
    assertThat(readable.skipped()).hasSize(1);
    assertThat(readable.skipped().get(0).file()).isEqualTo(bad);
    assertThat(readable.skipped().get(0).reason()).contains("not a JPEG");
    assertThat(readable).asString().contains("4 images of 2 classes, 1 skipped");
    assertThat(images.skipped()).isEmpty();
    Files.writeString(root.resolve("class1/000.png"), "");
    Files.writeString(root.resolve("class1/001.png"), "");
    assertThatThrownBy(images::skippingUnreadable)
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("class1 has no readable image");
  }

  @Test
  void headlineFitsALine() throws IOException {
    assertThat(labels(2, 3).toString()).startsWith("5 images of 2 classes in ").hasSizeLessThan(81);
    Images far =
        new Images("/very".repeat(50), List.of("a", "b"), List.of(), new int[0], List.of());
    assertThat(far.toString()).hasSize(80).contains("…");
  }

  @Test
  void subsetKeepsTheGivenOrder() throws IOException {
    Images subset = labels(2, 3).subset(4, 0);
    assertThat(names(subset)).containsExactly("1-002.png", "0-000.png");
    assertThat(subset.label(0)).isEqualTo(1);
    assertThat(subset.classes()).hasSize(2);
  }

  private Images labels(int... counts) throws IOException {
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        file("class%d/%d-%03d.png".formatted(label, label, i));
      }
      for (int i = counts[label]; i < 200; i++) {
        Files.deleteIfExists(root.resolve("class%d/%d-%03d.png".formatted(label, label, i)));
      }
    }
    return Images.folder(root);
  }

  @Test
  void someAreImagesDrawnByChanceInTheirOrder() {
    Images all =
        DrawnImages.noise(root.resolve("some"), 1, IntStream.range(0, 60).map(i -> 8).toArray());
    Images some = all.some(12, 3);
    assertThat(some.size()).isEqualTo(12);
    assertThat(names(some)).isEqualTo(names(all.some(12, 3)));
    assertThat(names(all)).containsSubsequence(names(some));
    assertThat(names(some)).isNotEqualTo(names(all.some(12, 4)));
    assertThat(some.classes()).isEqualTo(all.classes());
    assertThat(names(all.some(99, 1))).isEqualTo(names(all));
    assertThatThrownBy(() -> all.some(0, 1)).isInstanceOf(VerydeepException.class);
  }
}
