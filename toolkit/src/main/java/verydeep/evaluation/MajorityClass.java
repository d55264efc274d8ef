package verydeep.evaluation;

import java.util.List;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.Images;

/** {@link Evaluation#majorityClass}. */
final class MajorityClass {

  private MajorityClass() {}

  static TestRecord test(Images training, Images test) {
    if (!training.classes().equals(test.classes())) {
      throw new VerydeepException(
          "The training images have the classes "
              + training.classes()
              + ", those to be tested "
              + test.classes()
              + "; they must be the same.");
    }
    int[] counts = training.counts();
    float[] shares = new float[counts.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) counts[i] / training.size();
    }
    List<Prediction> predictions =
        IntStream.range(0, test.size())
            .mapToObj(i -> new Prediction(test.file(i), test.label(i), shares))
            .toList();
    TestFacts facts = TestFacts.of("majority class", "no view", 0);
    return new TestRecord(facts, test.classes(), predictions, List.of());
  }
}
