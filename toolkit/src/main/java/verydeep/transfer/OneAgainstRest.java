package verydeep.transfer;

import java.util.List;
import java.util.stream.IntStream;
import verydeep.data.MultiLabelImages;

/** A linear classifier for each class, trained to tell the examples that show it from the rest. */
final class OneAgainstRest {

  private final Features features;
  private final List<String> classes;
  private final Truth truth;
  private final HingeSolver solver;

  OneAgainstRest(Features features, List<String> classes, Truth truth) {
    this.features = features;
    this.classes = classes;
    this.truth = truth;
    this.solver = new HingeSolver(features);
  }

  /** For images of one class each. */
  static OneAgainstRest ofClasses(Features features) {
    return new OneAgainstRest(features, features.classes(), Truth.ofClasses(features));
  }

  /** Trains on all examples. */
  Hyperplanes train(double cost, double tolerance) {
    return train(IntStream.range(0, features.size()).toArray(), cost, tolerance);
  }

  /**
   * Trains on some of the examples; each class leaves out those in which it is difficult to see.
   *
   * @return without a hyperplane for a class that all or none of the others show
   */
  Hyperplanes train(int[] some, double cost, double tolerance) {
    double[][] weights =
        IntStream.range(0, classes.size())
            .parallel()
            .mapToObj(label -> train(label, some, cost, tolerance))
            .toArray(double[][]::new);
    return Hyperplanes.of(classes, weights, features, cost);
  }

  /** The weights of one class, the offset last; null if all or none show it. */
  double[] train(int label, int[] some, double cost, double tolerance) {
    int[] clear =
        IntStream.of(some)
            .filter(i -> truth.of(i, label) != MultiLabelImages.Presence.DIFFICULT)
            .toArray();
    long shown = IntStream.of(clear).filter(i -> shows(i, label)).count();
    return shown == 0 || shown == clear.length
        ? null
        : solver.train(clear, i -> shows(i, label), cost, tolerance);
  }

  private boolean shows(int example, int label) {
    return truth.of(example, label) == MultiLabelImages.Presence.SHOWN;
  }
}
