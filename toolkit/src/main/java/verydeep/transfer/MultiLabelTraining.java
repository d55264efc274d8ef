package verydeep.transfer;

import java.util.stream.IntStream;
import verydeep.data.MultiLabelImages;
import verydeep.data.Presence;

/** A linear classifier a class, from the images that show it and those that do not. */
final class MultiLabelTraining {

  private final MultiLabelImages labels;
  private final HingeSolver solver;

  MultiLabelTraining(Features features, MultiLabelImages labels) {
    this.labels = labels;
    this.solver = new HingeSolver(features);
  }

  /**
   * The weights of each class, the offset last.
   *
   * @param some images, of which those where a class is difficult to see are left out of it
   * @return null for a class that none or all of the others show
   */
  double[][] train(int[] some, double cost, double tolerance) {
    return IntStream.range(0, labels.classes().size())
        .parallel()
        .mapToObj(label -> train(label, some, cost, tolerance))
        .toArray(double[][]::new);
  }

  private double[] train(int label, int[] some, double cost, double tolerance) {
    int[] clear =
        IntStream.of(some).filter(i -> labels.presence(i, label) != Presence.DIFFICULT).toArray();
    long shown = IntStream.of(clear).filter(i -> shows(i, label)).count();
    if (shown == 0 || shown == clear.length) {
      return null;
    }
    return solver.train(clear, i -> shows(i, label), cost, tolerance);
  }

  private boolean shows(int image, int label) {
    return labels.presence(image, label) == Presence.SHOWN;
  }
}
