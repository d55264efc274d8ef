package verydeep.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.ImageFiles;
import verydeep.data.RgbImage;
import verydeep.data.UnreadableImageException;
import verydeep.drawn.DrawnImages;

/** Folders of files of which nothing is known. */
@Timeout(60)
class ClassifiedImagesTest {

  @TempDir Path root;
  private ImageFiles files;

  @BeforeEach
  void draw() {
    DrawnImages.redAndBlue(root.resolve("deep/er"), 12, 1);
    DrawnImages.broken(root.resolve("broken.jpg"));
    files = ImageFiles.in(root);
  }

  /** How much red and how much blue there is; it counts its calls, and can stop at one. */
  private static final class Colors implements Classifier {
    private final int stopAt;
    private int calls;

    Colors(int stopAt) {
      this.stopAt = stopAt;
    }

    @Override
    public synchronized Classification classify(RgbImage image, String name) {
      if (++calls > stopAt) {
        throw new CancellationException("stopped");
      }
      float red = image.red(20, 20) / 255f;
      float[] scores = {red, 1 - red};
      return Classification.of(image, name, classNames(), scores, kind(), name());
    }

    @Override
    public List<String> classNames() {
      return List.of("red", "blue");
    }

    @Override
    public Classification.Kind kind() {
      return Classification.Kind.POSTERIOR;
    }

    @Override
    public String name() {
      return "colors";
    }

    @Override
    public String arithmetic() {
      return "by eye";
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public void close() {}
  }

  private static Colors all() {
    return new Colors(Integer.MAX_VALUE);
  }

  @Test
  void filesAreFoundAtAnyDepthAndAnsweredInTheirOrder() {
    ClassifiedImages answers = ClassifiedImages.of(all(), files).quiet().run();
    assertThat(files.size()).isEqualTo(25);
    assertThat(answers.images()).hasSize(24);
    for (ClassifiedImages.Answer image : answers.images()) {
      assertThat(image.best().className())
          .isEqualTo(image.file().getParent().getFileName().toString());
      assertThat(image.top()).hasSize(2);
    }
    assertThat(answers.images().stream().map(image -> image.file().toString())).isSorted();
    assertThat(answers.counts()).containsEntry("red", 12).containsEntry("blue", 12);
  }

  @Test
  void anUnreadableFileIsListedOrEndsTheRun() {
    ClassifiedImages answers = ClassifiedImages.of(all(), files).quiet().run();
    assertThat(answers.skipped()).hasSize(1);
    assertThat(answers.skipped().get(0).file()).isEqualTo(root.resolve("broken.jpg"));
    assertThat(answers.toString())
        .contains("24 images by colors", "12 red", "1 file could not be read", "broken.jpg");
    var failing = ClassifiedImages.of(all(), files).failingOnUnreadable().quiet();
    assertThatThrownBy(failing::run)
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("broken.jpg");
  }

  @Test
  void aRunThatWasStoppedGoesOnWhereItWas() throws Exception {
    Path work = root.resolve(".work");
    Colors stopped = new Colors(13);
    assertThatThrownBy(
            () -> ClassifiedImages.of(stopped, files).folder(work).pause(0).quiet().run())
        .isInstanceOf(CancellationException.class);
    try (Stream<Path> parts = Files.list(work)) {
      assertThat(parts.filter(part -> part.toString().contains("part-"))).isNotEmpty();
    }
    Colors second = all();
    ClassifiedImages answers =
        ClassifiedImages.of(second, files).folder(work).pause(0).quiet().run();
    assertThat(second.calls).isLessThan(24);
    ClassifiedImages atOnce = ClassifiedImages.of(all(), files).quiet().run();
    assertThat(answers.images()).isEqualTo(atOnce.images());
    assertThat(answers.skipped()).isEqualTo(atOnce.skipped());

    Colors third = all();
    ClassifiedImages again = ClassifiedImages.of(third, files).folder(work).quiet().run();
    assertThat(third.calls).isZero();
    assertThat(again.images()).isEqualTo(atOnce.images());
    assertThatThrownBy(
            () ->
                ClassifiedImages.of(all(), ImageFiles.in(root.resolve("deep")))
                    .folder(work)
                    .quiet()
                    .run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("other settings")
        .hasMessageContaining("files: ");
  }

  @Test
  void partsJoinToTheAnswersOfOneRun() {
    Path work = root.resolve(".parts");
    Colors colors = all();
    var run = ClassifiedImages.of(colors, files).quiet();
    try (var job = run.job()) {
      for (int i = 3; i >= 0; i--) {
        job.part(i, 4).run(work);
      }
      job.part(2, 4).run(work);
      assertThat(colors.calls).isEqualTo(24);
      ClassifiedImages joined = job.join(work);
      ClassifiedImages atOnce = run.run();
      assertThat(joined.images()).isEqualTo(atOnce.images());
      assertThat(joined.skipped()).isEqualTo(atOnce.skipped());
      assertThat(joined.arithmetic()).isEqualTo(atOnce.arithmetic());
    }
  }

  @Test
  void answersAreSortedByCertainty() {
    ClassifiedImages answers = ClassifiedImages.of(all(), files).top(1).quiet().run();
    List<Float> sure =
        answers.mostCertainFirst().images().stream().map(i -> i.best().value()).toList();
    IntStream.range(1, sure.size())
        .forEach(i -> assertThat(sure.get(i)).isLessThanOrEqualTo(sure.get(i - 1)));
    assertThat(answers.leastCertainFirst().images().get(0).best().value())
        .isEqualTo(sure.get(sure.size() - 1));
  }

  @Test
  void filesCanBeListed() {
    ImageFiles two = ImageFiles.of(files.file(3), files.file(1));
    assertThat(two.file(0)).isEqualTo(files.file(3));
    assertThat(ImageFiles.in(files.file(2)).size()).isEqualTo(1);
    assertThatThrownBy(() -> ImageFiles.in(root.resolve("nowhere")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> ImageFiles.of(List.of()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no images");
    assertThatThrownBy(() -> ClassifiedImages.of(all(), files).top(3))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("from 1 to 2");
  }
}
