package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.inspection.Attribution;
import verydeep.inspection.AttributionMap;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** The evidence of each place sums to the decision value. */
class EvidenceTest {

  @TempDir static Path root;
  private static Images images;

  @BeforeAll
  static void copyPhotos() throws IOException {
    for (String name : List.of("hat/7b4ca4a5.jpg", "shoes/6ce1572f.jpg", "dress/35f5fecb.jpg")) {
      Path copy = root.resolve(name);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of("../datasets/clothing/test", name), copy);
    }
    images = Images.folder(root);
  }

  private static FeatureExtractor extractor() {
    Checkpoint checkpoint =
        Checkpoint.of(
            Goldens.of("D").parameters("weight"),
            List.of("p", "q", "r", "s", "t"),
            Preprocessing.paper(new Rgb(124, 117, 104)),
            Provenance.unknown());
    return FeatureExtractor.of(checkpoint).quiet();
  }

  private static Features features(String which) {
    FeatureExtractor one = extractor().layer("conv4_3").scales(64);
    return switch (which) {
      case "one scale" -> one.flipped(false).run(images);
      case "flipped" -> one.run(images);
      case "several scales" -> one.scales(64, 96, 80).run(images);
      case "averaged" -> one.scales(64, 96).averaged().run(images);
      case "fully connected" -> extractor().layer("fc7").scales(96).run(images);
      default -> one.run(images).stackedWith(extractor().layer("pool5").scales(70, 90).run(images));
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one scale",
        "flipped",
        "several scales",
        "averaged",
        "fully connected",
        "stacked"
      })
  void theSumOverThePlacesAndTheBiasIsTheDecisionValue(String which) {
    LinearSvm svm = LinearSvm.of(features(which)).cost(4).run();
    for (int i = 0; i < images.size(); i++) {
      Attribution evidence = svm.evidence(images.image(i));
      Classification answer = svm.classify(images.file(i));
      assertThat(evidence.maps()).hasSize(3);
      for (AttributionMap map : evidence.maps()) {
        double decision = answer.score(map.className());
        assertThat(map.score()).isCloseTo(decision, within(1e-6));
        assertThat(map.sum() + map.bias()).isCloseTo(decision, within(1e-5));
      }
    }
  }

  @Test
  void theEvidenceOfAFlippedImageIsFlipped() {
    LinearSvm svm = LinearSvm.of(features("one scale")).cost(4).run();
    RgbImage image = images.image(0).rescale(64);
    Features both = extractor().layer("conv4_3").scales(64).run(images);
    LinearSvm symmetric = LinearSvm.of(both).cost(4).run();
    AttributionMap map = symmetric.evidence(image.centerCrop(64), "hat").map("hat");
    AttributionMap other = symmetric.evidence(image.centerCrop(64).flip(), "hat").map("hat");
    for (int row = 0; row < map.rows(); row++) {
      for (int column = 0; column < map.columns(); column++) {
        assertThat(map.value(row, column))
            .isCloseTo(other.value(row, map.columns() - 1 - column), within(1e-5f));
      }
    }
    assertThat(svm.evidence(image).method()).startsWith("Evidence of linear SVM on conv4_3");
  }

  @Test
  void badRequestsAreRefused() {
    LinearSvm svm = LinearSvm.of(features("one scale")).cost(4).run();
    assertThatThrownBy(() -> svm.evidence(images.image(0), "sock"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no class \"sock\"");
  }
}
