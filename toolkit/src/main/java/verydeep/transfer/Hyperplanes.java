package verydeep.transfer;

import java.util.List;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/** One linear decision a class. */
final class Hyperplanes {

  private final double[][] weights;
  private final String trainedOn;

  /**
   * Decisions.
   *
   * @param weights of each class, the offset last
   * @param trainedOn the features that they were found with
   */
  Hyperplanes(double[][] weights, Features trainedOn) {
    this.weights = weights;
    this.trainedOn = kind(trainedOn);
  }

  private static String kind(Features features) {
    return features.network() + ", " + features.protocol();
  }

  /** A number a class for each vector, of features that were extracted as those of the training. */
  List<float[]> decide(Features features) {
    if (!kind(features).equals(trainedOn)) {
      throw new VerydeepException(
          ("The classifier was trained on features of \"%s\"; these are of \"%s\". A test needs the"
                  + " same layer, network, scales, flipped images and boxes; single vectors of any"
                  + " kind can be given to decide.")
              .formatted(trainedOn, kind(features)));
    }
    return IntStream.range(0, features.size()).mapToObj(i -> decide(features.shared(i))).toList();
  }

  /** A number a class, above 0 if the vector is on the class's side. */
  float[] decide(float[] vector) {
    int dimension = weights[0].length - 1;
    if (vector.length != dimension) {
      throw new VerydeepException(
          "The vector has "
              + vector.length
              + " numbers; the classifier was trained on "
              + dimension
              + " ("
              + trainedOn
              + ").");
    }
    float[] values = new float[weights.length];
    for (int k = 0; k < values.length; k++) {
      double sum = weights[k][dimension];
      for (int i = 0; i < dimension; i++) {
        sum += weights[k][i] * vector[i];
      }
      values[k] = (float) sum;
    }
    return values;
  }

  @Override
  public String toString() {
    return "linear SVM on " + trainedOn + ": " + weights.length + " classes";
  }
}
