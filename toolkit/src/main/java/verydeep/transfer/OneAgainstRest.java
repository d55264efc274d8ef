package verydeep.transfer;

import java.util.stream.IntStream;

/** A linear classifier a class, each trained to tell its images from all others. */
final class OneAgainstRest {

  private final Features features;
  private final HingeSolver solver;

  OneAgainstRest(Features features) {
    this.features = features;
    this.solver = new HingeSolver(features);
  }

  /** For each class the weights of the features and, last, the offset. */
  double[][] train(double cost, double tolerance) {
    return IntStream.range(0, features.classes().size())
        .parallel()
        .mapToObj(label -> train(label, cost, tolerance))
        .toArray(double[][]::new);
  }

  /** The weights of one class against the rest. */
  double[] train(int label, double cost, double tolerance) {
    int[] all = IntStream.range(0, features.size()).toArray();
    if (IntStream.of(all).noneMatch(i -> features.label(i) == label)) {
      double[] weights = new double[features.dimension() + 1];
      weights[features.dimension()] = -Double.MAX_VALUE; // without images, never predicted
      return weights;
    }
    return solver.train(all, i -> features.label(i) == label, cost, tolerance);
  }
}
