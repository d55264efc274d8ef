package verydeep.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.evaluation.Comparison;
import verydeep.evaluation.ErrorRate;

/** ILSVRC's rule by hand, and a test's way to a file and back. */
class LocalizationTest {

  private static final BoundingBox OBJECT = new BoundingBox(10, 10, 50, 50);
  private static final BoundingBox ELSEWHERE = new BoundingBox(60, 60, 90, 90);
  private static final List<String> CLASSES = List.of("cat", "dog", "tab\there", "two\nlines");

  /** 40 x 20 of 40 x 40: the intersection over union is exactly a half. */
  private static final BoundingBox HALF = new BoundingBox(10, 10, 50, 30);

  @TempDir private Path folder;

  @Test
  void rightAndWrongAndWhy() {
    assertThat(outcome(new LocalizedImage.Guess(0, OBJECT, 1)))
        .isEqualTo(LocalizedImage.Outcome.RIGHT);
    assertThat(outcome(new LocalizedImage.Guess(0, HALF, 1)))
        .isEqualTo(LocalizedImage.Outcome.WRONG_PLACE);
    assertThat(outcome(new LocalizedImage.Guess(0, ELSEWHERE, 1)))
        .isEqualTo(LocalizedImage.Outcome.WRONG_PLACE);
    assertThat(outcome(new LocalizedImage.Guess(1, OBJECT, 1)))
        .isEqualTo(LocalizedImage.Outcome.WRONG_CLASS);
    assertThat(outcome(new LocalizedImage.Guess(1, ELSEWHERE, 1)))
        .isEqualTo(LocalizedImage.Outcome.WRONG_BOTH);
    assertThat(outcome()).isEqualTo(LocalizedImage.Outcome.WRONG_BOTH);
    assertThat(
            outcome(
                new LocalizedImage.Guess(1, OBJECT, 2), new LocalizedImage.Guess(0, ELSEWHERE, 1)))
        .isEqualTo(LocalizedImage.Outcome.WRONG_PLACE);
    assertThat(
            outcome(
                new LocalizedImage.Guess(1, ELSEWHERE, 2), new LocalizedImage.Guess(0, OBJECT, 1)))
        .isEqualTo(LocalizedImage.Outcome.RIGHT);
  }

  @Test
  void anyObjectOfTheClassWillDo() {
    LocalizedImage image =
        new LocalizedImage(
            Path.of("a.jpg"),
            0,
            List.of(OBJECT, ELSEWHERE),
            List.of(new LocalizedImage.Guess(0, ELSEWHERE, 1)));

    assertThat(image.outcome(0.5)).isEqualTo(LocalizedImage.Outcome.RIGHT);
    assertThat(image.iou()).isEqualTo(1);
  }

  @Test
  void errorsOfATest() {
    Localization test =
        test(
            image("a", new LocalizedImage.Guess(0, OBJECT, 1)),
            image("b", new LocalizedImage.Guess(0, HALF, 1)),
            image("c", new LocalizedImage.Guess(1, OBJECT, 1)),
            image(
                "d",
                new LocalizedImage.Guess(1, OBJECT, 2),
                new LocalizedImage.Guess(0, OBJECT, 1)));

    assertThat(test.error()).isEqualTo(new ErrorRate(2, 4));
    assertThat(test.error(0.49)).isEqualTo(new ErrorRate(1, 4));
    assertThat(test.error(1)).isEqualTo(new ErrorRate(4, 4));
    assertThat(test.guesses(1).error()).isEqualTo(new ErrorRate(3, 4));
    assertThat(test.count(LocalizedImage.Outcome.WRONG_PLACE)).isEqualTo(1);
    assertThat(test.count(LocalizedImage.Outcome.WRONG_CLASS)).isEqualTo(1);
    assertThat(test.meanIou()).isEqualTo((1 + 0.5 + 0 + 1) / 4);
    assertThat(test.toString())
        .startsWith("net, dense: 4 images in 2.5 s")
        .contains("error 50.0%", "class right and place wrong 1", "mean IoU 0.625");
  }

  @Test
  void theMeanBoxIsAShareOfEachImage() {
    BoxedImages training =
        BoxedImages.of(
            List.of("cat", "dog"),
            List.of(
                annotated("a", 100, 50, "cat", new BoundingBox(0, 0, 50, 50)),
                annotated("b", 40, 40, "dog", new BoundingBox(20, 0, 40, 20))));
    BoxedImages unseen =
        BoxedImages.of(
            List.of("cat", "dog"),
            List.of(annotated("c", 200, 100, "dog", new BoundingBox(50, 0, 150, 75))));

    Localization test = Localization.meanBox(training, unseen);

    LocalizedImage only = test.images().get(0);
    assertThat(only.label()).isEqualTo(1);
    assertThat(only.guesses())
        .containsExactly(new LocalizedImage.Guess(1, new BoundingBox(50, 0, 150, 75), 1));
    assertThat(test.toString()).startsWith("the mean box, true class, no view: 1 images");
  }

  private static AnnotatedImage annotated(
      String file, int width, int height, String name, BoundingBox box) {
    return new AnnotatedImage(
        Path.of(file), width, height, List.of(new AnnotatedImage.Annotation(name, box)));
  }

  @Test
  void fiveGuessesCountNoMore() {
    LocalizedImage.Guess wrong = new LocalizedImage.Guess(1, ELSEWHERE, 1);
    LocalizedImage.Guess right = new LocalizedImage.Guess(0, OBJECT, 0.1);

    assertThat(test(image("a", wrong, wrong, wrong, wrong, right)).error().wrong()).isZero();
    assertThat(test(image("a", wrong, wrong, wrong, wrong, wrong, right)).error().wrong())
        .isEqualTo(1);
  }

  @Test
  void comparesImageByImage() {
    LocalizedImage.Guess right = new LocalizedImage.Guess(0, OBJECT, 1);
    LocalizedImage.Guess wrong = new LocalizedImage.Guess(0, ELSEWHERE, 1);
    Localization one = test(image("a", right), image("b", wrong), image("c", wrong));
    Localization other = test(image("c", right), image("a", wrong), image("b", right));

    assertThat(one.compareWith(other.named("other")))
        .isEqualTo(
            new Comparison(
                "net, dense", "other, dense", "localization error of 5 guesses", 3, 2, 1));
    assertThatThrownBy(() -> one.compareWith(other.guesses(1)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("3 images with 5 guesses and 3 images with one guess");
    Localization others = test(image("a", right), image("b", wrong), image("z", wrong));
    assertThatThrownBy(() -> one.compareWith(others)).hasMessageContaining("c is in only one");
  }

  @Test
  void writtenAndReadItIsTheSameToTheLastDigit() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    List<LocalizedImage> images = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      List<LocalizedImage.Guess> guesses = new ArrayList<>();
      for (int j = random.nextInt(6); j > 0; j--) {
        guesses.add(new LocalizedImage.Guess(random.nextInt(4), box(random), random.nextDouble()));
      }
      List<BoundingBox> truths =
          random.nextBoolean() ? List.of(OBJECT) : List.of(box(random), HALF);
      images.add(new LocalizedImage(Path.of("p " + i), random.nextInt(4), truths, guesses));
    }
    Localization test =
        new Localization("net", "a\nb", CLASSES, images, 2.5).guesses(3).computedBy("hand");

    Localization read = Localization.read(test.write(folder.resolve("test.safetensors")));

    assertThat(read.images()).isEqualTo(test.images());
    assertThat(read.classes()).isEqualTo(CLASSES);
    assertThat(read).hasToString(test.toString());
    assertThat(read.arithmetic()).isEqualTo("hand");
    assertThat(Files.size(folder.resolve("test.safetensors"))).isLessThan(50 * 600);
  }

  @Test
  void aNameIsReadBackAsItWasGivenAndOnlyTheProtocolOfAnOlderTestIsRenewed() {
    Localization test =
        new Localization(
            "colour localiser, mirrored pictures",
            "true class, centre crop",
            CLASSES,
            List.of(image("a")),
            1);

    Localization read = Localization.read(test.write(folder.resolve("named.safetensors")));

    assertThat(read.name()).isEqualTo("colour localiser, mirrored pictures");
    assertThat(read.protocol()).isEqualTo("true class, center crop");
  }

  @Test
  void aFileThatIsNoneIsNamed() throws IOException {
    Path other = Files.writeString(folder.resolve("other.txt"), "hello");
    assertThatThrownBy(() -> Localization.read(other))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("other.txt");

    Path whole =
        test(image("a", new LocalizedImage.Guess(0, OBJECT, 1))).write(folder.resolve("whole"));
    byte[] bytes = Files.readAllBytes(whole);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Path bad = folder.resolve("bad");
    Files.writeString(
        bad, text.replace("10.0 10.0 50", "10.0 99.0 50"), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Localization.read(bad))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void saysWhatCannotBe() {
    LocalizedImage.Guess beyond = new LocalizedImage.Guess(7, OBJECT, 1);
    assertThatThrownBy(() -> test()).hasMessageContaining("at least one image");
    assertThatThrownBy(() -> test(image("a"), image("a"))).hasMessageContaining("a appears twice");
    assertThatThrownBy(() -> test(image("a", beyond))).hasMessageContaining("beyond the 4");
    assertThatThrownBy(() -> test(image("a")).guesses(6)).hasMessageContaining("is 6");
    assertThatThrownBy(() -> test(image("a")).error(1.1)).hasMessageContaining("1.1");
    assertThatThrownBy(() -> new LocalizedImage(Path.of("a"), 0, List.of(), List.of()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("0 true boxes");
  }

  private static LocalizedImage.Outcome outcome(LocalizedImage.Guess... guesses) {
    return image("a", guesses).outcome(0.5);
  }

  private static LocalizedImage image(String file, LocalizedImage.Guess... guesses) {
    return new LocalizedImage(Path.of(file), 0, List.of(OBJECT), List.of(guesses));
  }

  private static Localization test(LocalizedImage... images) {
    return new Localization("net", "dense", CLASSES, List.of(images), 2.5);
  }

  private static BoundingBox box(SplittableRandom random) {
    return BoundingBox.centered(
        random.nextDouble(100), random.nextDouble(100), random.nextDouble(50), 1.0 / 3);
  }
}
