package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.Skipped;
import verydeep.drawn.DrawnImages;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Tests whose images lie elsewhere now, or come out of one file. */
@Timeout(60)
class SameImagesTest {

  @TempDir Path root;
  private Path before;
  private Path after;
  private Images images;

  @BeforeEach
  void draw() {
    before = root.resolve("before");
    after = root.resolve("after");
    DrawnImages.noise(before, 1, 40, 40, 50, 40, 40, 60, 44, 40);
    DrawnImages.broken(before.resolve("b/001a.png"));
    images = Images.folder(before);
  }

  private static EvaluationBuilder test(Images images, String... classes) {
    Vgg net = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(net, 1),
            List.of(classes),
            Preprocessing.paper(new Rgb(120, 110, 100)),
            Provenance.unknown());
    return Evaluation.of(checkpoint, images).skippingUnreadable().scales(40).quiet();
  }

  private static EvaluationBuilder test(Images images) {
    return test(images, "c", "a", "b"); // in another order than the folders
  }

  @Test
  void aKeptTestFindsItsImagesWhereTheyAreNow() throws IOException {
    Path folder = root.resolve("test");
    Evaluation dense = test(images).folder(folder).run();
    Files.move(before, after);
    Images moved = Images.folder(after);

    Evaluation again = test(moved).folder(folder).run();

    assertThat(again.predictions()).hasSameSizeAs(dense.predictions());
    assertThat(again.predictions()).allMatch(p -> Files.exists(p.file()));
    assertThat(again.skipped())
        .extracting(Skipped::file)
        .containsExactly(after.resolve("b/001a.png"));
    Evaluation crops = test(moved).multiCrop().run();
    assertThat(Evaluation.mean(again, crops).predictions()).hasSize(4);
  }

  @Test
  void aTestThatWasReadIsToldWhereItsImagesAre() throws IOException {
    Path file = test(images).run().write(root.resolve("test.safetensors"));
    Files.move(before, after);
    Images moved = Images.folder(after);
    Evaluation read = Evaluation.read(file);
    Evaluation crops = test(moved).multiCrop().run();

    assertThatThrownBy(() -> Evaluation.mean(read, crops))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("not in both", "movedTo(...)", before.toString());
    assertThat(Evaluation.mean(read.movedTo(moved), crops).predictions()).hasSize(4);
    assertThat(read.movedTo(moved).compareWith(crops).images()).isEqualTo(4);
    assertThat(read.movedTo(moved).errors()).isEqualTo(read.errors());
  }

  /** Photos are often numbered anew in each folder. */
  @Test
  void anImageThatCannotBeReadIsNotTakenForOneOfItsName() throws IOException {
    Path names = root.resolve("names");
    for (String folder : List.of("a", "b/x", "b/y", "c")) {
      Files.createDirectories(names.resolve(folder));
      Files.copy(before.resolve("a/000.png"), names.resolve(folder).resolve("1.png"));
    }
    DrawnImages.broken(names.resolve("b/x/1.png"));
    List<Path> files =
        List.of(names.resolve("a/1.png"), names.resolve("b/y/1.png"), names.resolve("c/1.png"));

    Evaluation test = test(Images.folder(names)).run();

    assertThat(test.predictions()).extracting(Prediction::file).isEqualTo(files);
    assertThat(test.skipped())
        .extracting(Skipped::file)
        .containsExactly(names.resolve("b/x/1.png"));
    Files.move(names, root.resolve("moved"));
    assertThat(test.movedTo(Images.folder(root.resolve("moved"))).skipped())
        .extracting(Skipped::file)
        .containsExactly(root.resolve("moved/b/x/1.png"));
  }

  @Test
  void otherImagesAreRefused() {
    Evaluation test = test(images).run();
    assertThatThrownBy(() -> test.movedTo(images.subset(0, 2, 1, 3, 4)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("not made of these images", images.file(2).toString(), "2 of 5");
    assertThatThrownBy(() -> test.movedTo(images.subset(0, 1, 2)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("made of 4 images", "given are 3");
  }

  @Test
  void imagesCutOutOfOneFileAreOnesOfTheirOwn() {
    Images cut =
        images
            .subset(0, 0, 0)
            .cutOut(
                IntStream.range(0, 3)
                    .mapToObj(i -> new BoundingBox(i, i, 36 + i, 36 + i))
                    .toList());
    Evaluation dense = test(cut).run();
    Evaluation crops = test(cut).multiCrop().run();
    Evaluation both = Evaluation.mean(dense, crops);

    assertThat(both.predictions()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(both.predictions().get(i).score(1))
          .isEqualTo(
              (float)
                  ((dense.predictions().get(i).score(1)
                          + (double) crops.predictions().get(i).score(1))
                      / 2));
    }
    assertThat(dense.predictions().get(0).score(1))
        .isNotEqualTo(dense.predictions().get(2).score(1));
  }
}
