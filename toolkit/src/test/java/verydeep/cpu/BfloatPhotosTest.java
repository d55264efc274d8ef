package verydeep.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import verydeep.Goldens;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.internal.onednn.OneDnn;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.transfer.LinearSvm;
import verydeep.weights.Checkpoint;

/** All test photos in bfloat16 beside 32 bits, with the figures of the page on speed. */
@EnabledIfSystemProperty(named = "bfloat.photos", matches = "true")
class BfloatPhotosTest {

  private static Features features(Checkpoint d, String part, Arithmetic arithmetic) {
    return FeatureExtractor.of(d)
        .layer("pool5")
        .scales(160)
        .flipped(false)
        .arithmetic(arithmetic)
        .quiet()
        .run(Images.folder("../datasets/clothing/" + part));
  }

  @Test
  void atMostThreeOf341PhotosChangeTheirClass() {
    assumeTrue(OneDnn.missing().isEmpty(), OneDnn.missing());
    Checkpoint d = Checkpoint.read("../datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
    LinearSvm svm = LinearSvm.of(features(d, "train", Arithmetic.FAST)).run();
    Features expected = features(d, "test", Arithmetic.FAST);
    Features given = features(d, "test", Arithmetic.BF16);
    double[] errors =
        IntStream.range(0, expected.size())
            .mapToDouble(i -> Goldens.relativeDifference(given.vector(i), expected.vector(i)))
            .toArray();
    Evaluation exact = svm.test(expected);
    Evaluation bfloat = svm.test(given);
    long changed =
        IntStream.range(0, expected.size())
            .filter(i -> predicted(bfloat, i) != predicted(exact, i))
            .count();
    System.out.printf(
        "pool5 differs by at most %.1e of its largest number, %.1e on average; %d of %d classes"
            + " change%n%s%n%s%n",
        Arrays.stream(errors).max().orElseThrow(),
        Arrays.stream(errors).average().orElseThrow(),
        changed,
        errors.length,
        exact,
        bfloat);
    assertThat(errors).hasSize(341);
    assertThat(Arrays.stream(errors).max().orElseThrow()).isLessThan(3e-2);
    assertThat(changed).isLessThanOrEqualTo(3);
  }

  private static int predicted(Evaluation test, int image) {
    return test.predictions().get(image).predicted();
  }
}
