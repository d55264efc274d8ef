package verydeep.transfer;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/** A trained classifier: one linear decision per class. */
final class Hyperplanes {

  private final List<String> classes;
  private final float[][] weights;
  private final int dimension;
  private final String trainedOn;
  private final double cost;

  /**
   * Decisions, in 32 bits, so that they are the same in memory and in a file.
   *
   * @param classes the names of the classes
   * @param weights of each class, the offset last; null for a class that is never predicted
   * @param trainedOn the features that they were found with
   * @param cost the cost C that they were found with
   */
  static Hyperplanes of(List<String> classes, double[][] weights, Features trainedOn, double cost) {
    float[][] rounded = new float[weights.length][];
    for (int label = 0; label < weights.length; label++) {
      rounded[label] = weights[label] == null ? null : rounded(weights[label]);
    }
    return new Hyperplanes(classes, rounded, trainedOn.dimension(), kind(trainedOn), cost);
  }

  /** Decisions that were found before. */
  Hyperplanes(List<String> classes, float[][] weights, String trainedOn, double cost) {
    this(
        classes,
        weights,
        Arrays.stream(weights)
            .filter(Objects::nonNull)
            .mapToInt(w -> w.length - 1)
            .findFirst()
            .orElseThrow(() -> new VerydeepException("No class has a hyperplane.")),
        trainedOn,
        cost);
  }

  private Hyperplanes(
      List<String> classes, float[][] weights, int dimension, String trainedOn, double cost) {
    this.classes = List.copyOf(classes);
    this.weights = weights;
    this.dimension = dimension;
    this.trainedOn = trainedOn;
    this.cost = cost;
  }

  private static float[] rounded(double[] plane) {
    float[] rounded = new float[plane.length];
    for (int i = 0; i < plane.length; i++) {
      rounded[i] = (float) plane[i];
    }
    return rounded;
  }

  private static String kind(Features features) {
    return features.network() + ", " + features.protocol();
  }

  List<String> classes() {
    return classes;
  }

  double cost() {
    return cost;
  }

  int dimension() {
    return dimension;
  }

  /** Layer, network and protocol of the features that they were found with. */
  String trainedOn() {
    return trainedOn;
  }

  /** What tells these from others. */
  int checksum() {
    return Arrays.deepHashCode(weights);
  }

  /** The weights of a class, the offset last; null if the class is never predicted. */
  float[] weights(int label) {
    return weights[label];
  }

  /**
   * One number per class for each vector.
   *
   * @param features extracted like those of the training
   * @param names the classes of the features' images
   * @throws VerydeepException if the classes are others, or the features are of another kind
   */
  List<float[]> decide(Features features, List<String> names) {
    if (!names.equals(classes)) {
      throw new VerydeepException(
          "The classifier was trained on the classes %s; these images are of %s."
              .formatted(classes, names));
    }
    if (!kind(features).equals(trainedOn)) {
      throw new VerydeepException(
          ("The classifier was trained on features of \"%s\"; these are of \"%s\". A test needs the"
                  + " same layer, network, scales, flipped images and boxes; single vectors of any"
                  + " kind can be given to decide.")
              .formatted(trainedOn, kind(features)));
    }
    return IntStream.range(0, features.size()).mapToObj(i -> decide(features.shared(i))).toList();
  }

  /** One number per class, above 0 if the vector is on the class's side. */
  float[] decide(float[] vector) {
    if (vector.length != dimension) {
      throw new VerydeepException(
          "The vector has %d numbers; the classifier was trained on %d (%s)."
              .formatted(vector.length, dimension, trainedOn));
    }
    float[] values = new float[weights.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = decide(k, vector);
    }
    return values;
  }

  /** The number of one class. */
  float decide(int label, float[] vector) {
    float[] plane = weights[label];
    if (plane == null) {
      return Float.NEGATIVE_INFINITY;
    }
    double sum = plane[dimension];
    for (int i = 0; i < dimension; i++) {
      sum += (double) plane[i] * vector[i];
    }
    return (float) sum;
  }

  @Override
  public String toString() {
    return "linear SVM on " + trainedOn + ": " + classes.size() + " classes";
  }
}
