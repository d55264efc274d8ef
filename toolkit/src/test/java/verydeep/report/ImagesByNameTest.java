package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.classification.ClassifiedImages;
import verydeep.classification.ClassifiedImagesBuilder;
import verydeep.classification.Classifier;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoxedImages;
import verydeep.data.ImageFiles;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.TrainingScale;
import verydeep.data.UnreadableImageException;
import verydeep.drawn.DrawnBoxes;
import verydeep.drawn.Mounted;
import verydeep.evaluation.Evaluation;
import verydeep.inspection.StrongestPatches;
import verydeep.localization.DenseLocalizer;
import verydeep.localization.Localization;
import verydeep.localization.Localizer;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.transfer.LinearSvm;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Figures of results show images that are no files of this machine. */
class ImagesByNameTest {

  private static final Checkpoint CLASSIFIER = net(List.of("disc", "square"));
  private static final DenseLocalizer DENSE =
      DenseLocalizer.of(CLASSIFIER, Localizer.of(net(List.of("x", "y", "width", "height"))))
          .scales(48)
          .quiet();
  private static final FeatureExtractor EXTRACTOR =
      FeatureExtractor.of(CLASSIFIER).scales(32).quiet();

  @TempDir private Path root;
  private Path folder;
  private BoxedImages onDisk;
  private int folders;

  private static Checkpoint net(List<String> outputs) {
    Vgg network = Vgg.of(Configuration.A).width(1 / 64.0).input(32).classes(outputs.size()).build();
    return Checkpoint.of(
            Parameters.initial(network, 1),
            outputs,
            Preprocessing.paper(new Rgb(120, 120, 120)),
            Provenance.unknown())
        .withTrainingScale(TrainingScale.fixed(32));
  }

  @BeforeEach
  void draw() {
    folder = root.resolve("shapes");
    onDisk = DrawnBoxes.shapes(folder, 8, 48, 1);
  }

  private static Evaluation test(Images images) {
    return Evaluation.of(CLASSIFIER, images).scales(32).quiet().run();
  }

  /** As it is read from the folder that has it. */
  private Localization kept(BoxedImages boxes) {
    DenseLocalizer dense = DENSE.folder(root.resolve("dense" + folders++));
    dense.test(boxes);
    return dense.test(boxes);
  }

  /** As they are read from the folder that has them. */
  private ClassifiedImages kept(Classifier open, Images images) {
    ClassifiedImagesBuilder asked =
        ClassifiedImages.of(open, ImageFiles.of(images))
            .folder(root.resolve("answers" + folders++))
            .quiet();
    asked.run();
    return asked.run();
  }

  /** All figures that show images of results. */
  private List<byte[]> figures(BoxedImages boxes) {
    Images images = boxes.images();
    Evaluation test = test(images);
    Features features = EXTRACTOR.run(images);
    List<Figure> figures = new ArrayList<>();
    figures.add(Pictures.sheet(images, 4, 1));
    figures.add(Pictures.boxes(boxes, 4, 1));
    figures.add(Pictures.sheet(test, 6));
    figures.add(Pictures.mostConfidentMistakes(Evaluation.mean(test, test), 4));
    figures.add(Pictures.nearest(features, 0, 3));
    figures.add(Pictures.nearest(images.file(1), features.nearest(features.vector(1), 3)));
    figures.add(Pictures.sheet(LinearSvm.of(features).run().test(features), 4));
    figures.add(
        Pictures.patches(
            StrongestPatches.of(CLASSIFIER, images).scale(32).count(2).quiet().run(),
            "conv1_1",
            1));
    figures.add(Pictures.boxes(kept(boxes), 4));
    figures.add(Pictures.merging(DENSE, boxes.annotated(0)));
    try (Classifier open = CLASSIFIER.classifier().open()) {
      figures.add(Pictures.sheet(kept(open, images).leastCertainFirst(), 4));
      figures.add(Pictures.of(open.classify(images.file(2))));
    }
    return figures.stream().map(Figure::png).toList();
  }

  /** The same boxes of images that have been put elsewhere. */
  private BoxedImages in(Path there) {
    return BoxedImages.of(
        onDisk.classes(),
        IntStream.range(0, onDisk.size())
            .mapToObj(onDisk::annotated)
            .map(
                image ->
                    new AnnotatedImage(
                        there.resolve(image.file().getFileName().toString()),
                        image.width(),
                        image.height(),
                        image.objects()))
            .toList());
  }

  private static void same(List<byte[]> given, List<byte[]> expected) {
    assertThat(given).hasSameSizeAs(expected);
    for (int i = 0; i < given.size(); i++) {
      assertThat(given.get(i)).as("figure %d", i).isEqualTo(expected.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void imagesOfAnotherFileSystemAreShown(Mounted.Kind kind) throws IOException {
    List<byte[]> expected = figures(onDisk);
    try (Mounted there = Mounted.of(kind, folder)) {
      same(figures(in(there.root())), expected);
    }
  }

  @Test
  void imagesFromASourceAreShown() throws IOException {
    List<byte[]> expected = figures(onDisk);
    Evaluation disk = test(onDisk.images());
    Features features = EXTRACTOR.run(onDisk.images());
    Localization localization = DENSE.test(onDisk);
    Map<String, byte[]> store = new HashMap<>();
    for (int i = 0; i < onDisk.size(); i++) {
      store.put(onDisk.images().name(i), onDisk.images().bytes(i));
      Files.delete(onDisk.annotated(i).file());
    }
    BoxedImages stored = onDisk.from(store::get);

    same(figures(stored), expected);
    assertThat(disk.compareWith(test(stored.images())).images()).isEqualTo(8);
    assertThat(features.stackedWith(EXTRACTOR.run(stored.images())).size()).isEqualTo(8);
    assertThat(localization.compareWith(DENSE.test(stored)).images()).isEqualTo(8);
  }

  @ParameterizedTest
  @EnumSource
  void aResultThatWasReadIsToldWhereItsImagesAre(Mounted.Kind kind) throws IOException {
    try (Mounted there = Mounted.of(kind, folder)) {
      BoxedImages boxes = in(there.root());
      Images images = boxes.images();
      Evaluation test = test(images);
      Evaluation readTest = Evaluation.read(test.write(root.resolve("test.safetensors")));
      Features features = EXTRACTOR.run(images);
      Features readFeatures = Features.read(features.write(root.resolve("features.safetensors")));
      Localization boxed = DENSE.test(boxes);
      Localization readBoxed =
          Localization.read(boxed.write(root.resolve("localization.safetensors")));

      for (var figure :
          List.<Runnable>of(
              () -> Pictures.sheet(readTest, 4),
              () -> Pictures.nearest(readFeatures, 0, 3),
              () -> Pictures.boxes(readBoxed, 4))) {
        assertThatThrownBy(figure::run)
            .isInstanceOf(UnreadableImageException.class)
            .hasMessageStartingWith("Unreadable image " + there.root())
            .hasMessageContaining("movedTo(images)");
      }
      assertThat(Pictures.sheet(readTest.movedTo(images), 4).png())
          .isEqualTo(Pictures.sheet(test, 4).png());
      assertThat(Pictures.nearest(readFeatures.movedTo(images), 0, 3).png())
          .isEqualTo(Pictures.nearest(features, 0, 3).png());
      assertThat(Pictures.boxes(readBoxed.movedTo(boxes), 4).png())
          .isEqualTo(Pictures.boxes(boxed, 4).png());
      assertThat(readTest.predictions().get(0).file()).hasToString(images.name(0));
      assertThat(readTest.compareWith(test).images()).isEqualTo(8);
      assertThatThrownBy(() -> readFeatures.movedTo(images.subset(1, 0, 2, 3, 4, 5, 6, 7)))
          .hasMessageContaining("not made of these images");
      assertThatThrownBy(() -> readBoxed.movedTo(boxes.subset(0, 1)))
          .hasMessageContaining("made of 8 images; given are 2");
    }
  }
}
