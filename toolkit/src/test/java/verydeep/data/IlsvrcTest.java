package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.drawn.DrawnIlsvrc.name;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.VerydeepException;
import verydeep.drawn.DrawnIlsvrc;

/** The validation set of ILSVRC-2012 in small, with each of its traps. */
class IlsvrcTest {

  private static final int IMAGES = DrawnIlsvrc.IMAGES;

  @TempDir static Path root;
  @TempDir Path target;
  private static Path flat;
  private static Path devkit;
  private static List<String> truth;

  @BeforeAll
  static void make() throws IOException {
    devkit = DrawnIlsvrc.devkit();
    truth = Files.readAllLines(devkit.resolve("truth.txt"));
    flat = root.resolve("val");
    DrawnIlsvrc.write(flat);
  }

  private static void check(Images images) {
    assertThat(images.size()).isEqualTo(IMAGES);
    assertThat(images.classes()).isEqualTo(Ilsvrc.classes());
    for (int i = 0; i < IMAGES; i++) {
      assertThat(images.file(i).getFileName()).hasToString(name(i + 1));
      assertThat(Ilsvrc.wnids().get(images.label(i))).isEqualTo(truth.get(i));
    }
  }

  @Test
  void theDevkitsNumbersAreReadInTheNetworksOrder() throws IOException {
    check(Ilsvrc.validation(flat, devkit));
    check(Ilsvrc.validation(flat.toString(), devkit.resolve("data").toString()));
    List<String> numbers =
        Files.readAllLines(devkit.resolve("data/ILSVRC2012_validation_ground_truth.txt"));
    long equal = 0;
    for (int i = 0; i < IMAGES; i++) {
      int label = Ilsvrc.wnids().indexOf(truth.get(i));
      equal += label + 1 == Integer.parseInt(numbers.get(i)) ? 1 : 0;
    }
    assertThat(equal).as("images whose two numbers happen to agree").isZero();
  }

  @Test
  void theDevkitsNumbersAloneAreRefusedWithTheReason() {
    assertThatThrownBy(
            () ->
                Ilsvrc.validation(
                    flat, devkit.resolve("data/ILSVRC2012_validation_ground_truth.txt")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("ground_truth.txt", "orders the classes differently", "meta.mat");
  }

  @Test
  void textFilesNameSynsetsOrTheNetworksNumbers() throws IOException {
    StringBuilder numbers = new StringBuilder();
    StringBuilder named = new StringBuilder();
    for (int i = 0; i < IMAGES; i++) {
      numbers.append(name(i + 1)).append(' ').append(Ilsvrc.wnids().indexOf(truth.get(i)));
      numbers.append('\n');
      named.append("val/").append(name(i + 1)).append('\t').append(truth.get(i)).append("\r\n");
    }
    check(Ilsvrc.validation(flat, Files.writeString(target.resolve("val.txt"), numbers)));
    check(Ilsvrc.validation(flat, Files.writeString(target.resolve("named.txt"), named)));
    check(Ilsvrc.validation(flat, devkit.resolve("truth.txt")));
  }

  @Test
  void kagglesSolutionNamesTheSynsetsBeforeTheirBoxes() throws IOException {
    StringBuilder solution = new StringBuilder("\uFEFFImageId,PredictionString\r\n");
    for (int i = IMAGES - 1; i >= 0; i--) {
      String name = name(i + 1).replaceFirst("\\.\\w+$", "");
      solution.append(name).append(',').append(truth.get(i)).append(" 85 1 499 272 ");
      solution.append(truth.get(i)).append(" 131 0 499 254 \r\n");
    }
    Path file = target.resolve("LOC_val_solution.csv");
    check(Ilsvrc.validation(flat, Files.writeString(file, solution)));
    Files.writeString(file, "ImageId,PredictionString\nILSVRC2012_val_00000001,tench 1 2 3 4\n");
    assertThatThrownBy(() -> Ilsvrc.validation(flat, file))
        .hasMessageContaining("a line must be an image, a comma");
    Path names = Files.writeString(target.resolve("names.txt"), "n01440764 tench, Tinca tinca\n");
    assertThatThrownBy(() -> Ilsvrc.validation(flat, names))
        .hasMessageContaining("names the classes")
        .hasMessageContaining("LOC_val_solution.csv");
  }

  @Test
  void everyImageCanBeReadThePngAndTheCmykOneToo() {
    Images images = Ilsvrc.validation(flat, devkit);
    assertThat(images.skippingUnreadable().skipped()).isEmpty();
    assertThat(images.image(16).width()).isEqualTo(40);
  }

  @Test
  void someOfTheImagesAreEnough() throws IOException {
    Path some = Files.createDirectories(target.resolve("some"));
    for (int number : List.of(250, 3)) {
      Files.copy(flat.resolve(name(number)), some.resolve(name(number)));
    }
    Images images = Ilsvrc.validation(some, devkit);
    assertThat(images.size()).isEqualTo(2);
    assertThat(Ilsvrc.wnids().get(images.label(0))).isEqualTo(truth.get(2));
    assertThat(Ilsvrc.wnids().get(images.label(1))).isEqualTo(truth.get(249));
  }

  @Test
  void namesHaveTheirClassesWhereverTheImagesAre() throws IOException {
    Images images = Ilsvrc.validation(flat, devkit);
    List<String> names =
        IntStream.rangeClosed(1, IMAGES).mapToObj(i -> "s3a://bucket/val/" + name(i)).toList();
    int[] labels = IntStream.range(0, IMAGES).map(images::label).toArray();

    assertThat(Ilsvrc.labels(names, devkit)).isEqualTo(labels);
    assertThat(Ilsvrc.labels(names, devkit.resolve("truth.txt"))).isEqualTo(labels);
    assertThat(Ilsvrc.labels(List.of("s3a://b/n15075141/1.JPEG", "n01440764/2.JPEG")))
        .containsExactly(999, 0);
    assertThatThrownBy(() -> Ilsvrc.labels(List.of("s3a://b/val/"), devkit))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("s3a://b/val/ is not named like ILSVRC2012_val_00000001.JPEG");
    for (String name : List.of("fox/1.JPEG", "n01440764", "/", "")) {
      assertThatThrownBy(() -> Ilsvrc.labels(List.of(name)))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("The image " + name + " is not in a folder");
    }
  }

  @Test
  void foldersOfSynsetsAreReadInTheNetworksOrder() throws IOException {
    for (String wnid : List.of("n15075141", "n01440764", "n02119789")) {
      Path folder = Files.createDirectories(target.resolve("train").resolve(wnid));
      Files.copy(flat.resolve(name(1)), folder.resolve(wnid + "_1.JPEG"));
    }
    Images images = Ilsvrc.folders(target.resolve("train").toString());
    assertThat(images.classes()).isEqualTo(Ilsvrc.classes());
    assertThat(images.label(0)).isZero();
    assertThat(images.label(2)).isEqualTo(999);
    Files.move(target.resolve("train/n02119789"), target.resolve("train/fox"));
    assertThatThrownBy(() -> Ilsvrc.folders(target.resolve("train")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("\"fox\"", "is not a synset", "train");
    assertThatThrownBy(() -> Ilsvrc.folders(flat))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(flat.toString(), "no folders", "validation(images, truth)");
  }

  @Test
  void theThousandClassesHaveNamesOfTheirOwn() {
    assertThat(Ilsvrc.classes()).hasSize(1000).startsWith("tench, Tinca tinca");
    assertThat(new HashSet<>(Ilsvrc.classes())).hasSize(1000);
    assertThat(Ilsvrc.wnids()).isSorted().hasSize(1000);
    assertThat(Ilsvrc.classes()).contains("crane", "crane (n03126707)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "val.JPEG 65 7",
        "ILSVRC2012_val_00000001.JPEG 1000",
        "ILSVRC2012_val_00000001.JPEG -1",
        "ILSVRC2012_val_00000001.JPEG x",
        "ILSVRC2012_val_00000001.JPEG n99999999",
        "n00000001",
        "ILSVRC2012_val_00000001.JPEG 65"
      })
  void aMalformedGroundTruthIsNamed(String text) throws IOException {
    Path file = Files.writeString(target.resolve("truth.txt"), text);
    assertThatThrownBy(() -> Ilsvrc.validation(flat, file))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aDamagedDevkitIsNamed() throws IOException {
    byte[] meta = Files.readAllBytes(devkit.resolve("data/meta.mat"));
    Path data = Files.createDirectories(target.resolve("devkit/data"));
    assertThatThrownBy(() -> Ilsvrc.validation(flat, target.resolve("devkit")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("lacks ILSVRC2012_validation_ground_truth.txt");
    Files.copy(
        devkit.resolve("data/ILSVRC2012_validation_ground_truth.txt"),
        data.resolve("ILSVRC2012_validation_ground_truth.txt"));
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bytes = meta.clone();
      for (int change = 0; change <= i % 4; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      if (i % 5 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      Files.write(data.resolve("meta.mat"), bytes);
      try {
        Ilsvrc.validation(flat, target.resolve("devkit"));
      } catch (VerydeepException e) {
        assertThat(e).hasMessageContaining("meta.mat");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  @Test
  void anImageOfAnotherNameIsNamed() throws IOException {
    Path some = Files.createDirectories(target.resolve("some"));
    Files.copy(flat.resolve(name(1)), some.resolve("photo.jpg"));
    assertThatThrownBy(() -> Ilsvrc.validation(some, devkit))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("photo.jpg", "ILSVRC2012_val_00000001.JPEG");
    assertThatThrownBy(() -> Ilsvrc.validation(target.resolve("none"), devkit))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("none does not exist");
  }
}
