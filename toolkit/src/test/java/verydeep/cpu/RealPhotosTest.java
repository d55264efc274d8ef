package verydeep.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import verydeep.Goldens;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.internal.cpu.Kernels;
import verydeep.internal.onednn.OneDnn;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.transfer.LinearSvm;
import verydeep.weights.Checkpoint;

/** The real D on shipped photos: the same features and the same classes, whoever multiplies. */
@Timeout(120)
class RealPhotosTest {

  private static Checkpoint d;
  private static Images training;
  private static Images test;

  @BeforeAll
  static void read() {
    assumeTrue(Kernels.missing().isEmpty(), Kernels.missing());
    d = Checkpoint.read("../datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
    training = Images.folder("../datasets/clothing/train").take(60, 1);
    test = Images.folder("../datasets/clothing/test").take(40, 1);
  }

  private static Features features(Images images, Arithmetic arithmetic) {
    return FeatureExtractor.of(d)
        .layer("pool5")
        .scales(64)
        .flipped(false)
        .arithmetic(arithmetic)
        .quiet()
        .run(images);
  }

  @Test
  void featuresAgreeAndNoPhotoChangesItsClass() {
    LinearSvm svm = LinearSvm.of(features(training, Arithmetic.DJL)).cost(16).run();
    Features expected = features(test, Arithmetic.DJL);
    List<Integer> classes = classes(svm.test(expected));
    assertThat(Set.copyOf(classes)).as("not all of one class").hasSizeGreaterThan(2);
    for (Arithmetic own : List.of(Arithmetic.FAST, Arithmetic.EXACT)) {
      Features given = features(test, own);
      assertThat(given.arithmetic()).isNotEqualTo(expected.arithmetic());
      for (int i = 0; i < test.size(); i++) {
        assertThat(Goldens.relativeDifference(given.vector(i), expected.vector(i)))
            .as("%s, %s", own, test.file(i))
            .isLessThan(1e-4);
      }
      assertThat(classes(svm.test(given))).as("%s", own).isEqualTo(classes);
    }
  }

  @Test
  void bfloatIsWithinThreeHundredthsAndChangesTheClassOfOnePhotoAtMost() {
    assumeTrue(OneDnn.missing().isEmpty(), OneDnn.missing());
    LinearSvm svm = LinearSvm.of(features(training, Arithmetic.DJL)).cost(16).run();
    Features expected = features(test, Arithmetic.DJL);
    Features given = features(test, Arithmetic.BF16);
    for (int i = 0; i < test.size(); i++) {
      assertThat(Goldens.relativeDifference(given.vector(i), expected.vector(i)))
          .as("%s", test.file(i))
          .isLessThan(3e-2);
    }
    List<Integer> classes = classes(svm.test(expected));
    List<Integer> found = classes(svm.test(given));
    assertThat(
            IntStream.range(0, test.size())
                .filter(i -> !found.get(i).equals(classes.get(i)))
                .count())
        .isLessThanOrEqualTo(1);
  }

  private static List<Integer> classes(Evaluation test) {
    return IntStream.range(0, test.predictions().size())
        .mapToObj(i -> test.predictions().get(i))
        .map(Prediction::predicted)
        .toList();
  }
}
