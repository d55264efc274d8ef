package verydeep.transfer;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.stream.IntStream;

/**
 * LIBLINEAR's solver for the primal problem, once a class, several classes at a time: no chance in
 * it, so always the same.
 */
final class OneAgainstRest {

  /** For a classifier that is kept: LIBLINEAR's default divided by 100. */
  static final double FINE = 1e-4;

  /** To compare costs: LIBLINEAR's default. */
  static final double COARSE = 1e-2;

  static {
    Linear.disableDebugOutput();
  }

  private final Features features;
  private final Feature[][] rows;

  OneAgainstRest(Features features) {
    this.features = features;
    this.rows = rows(features);
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
    int dimension = features.dimension();
    Problem problem = new Problem();
    problem.l = rows.length;
    problem.n = dimension + 1;
    problem.bias = 1;
    problem.x = rows;
    problem.y = new double[rows.length];
    int members = 0;
    for (int i = 0; i < rows.length; i++) {
      boolean member = features.label(i) == label;
      problem.y[i] = member ? 1 : -1;
      members += member ? 1 : 0;
    }
    double[] weights = new double[dimension + 1];
    if (members == 0) {
      weights[dimension] = -Double.MAX_VALUE; // a class without pictures is never predicted
      return weights;
    }
    Model model = Linear.train(problem, new Parameter(SolverType.L2R_L2LOSS_SVC, cost, tolerance));
    double sign = model.getLabels()[0]; // LIBLINEAR counts the first label it meets as positive
    double[] found = model.getFeatureWeights();
    for (int i = 0; i <= dimension; i++) {
      weights[i] = sign * found[i];
    }
    return weights;
  }

  private static Feature[][] rows(Features features) {
    int dimension = features.dimension();
    Feature[][] rows = new Feature[features.size()][dimension + 1];
    for (int i = 0; i < rows.length; i++) {
      float[] vector = features.shared(i);
      for (int j = 0; j < dimension; j++) {
        rows[i][j] = new FeatureNode(j + 1, vector[j]);
      }
      rows[i][dimension] = new FeatureNode(dimension + 1, 1);
    }
    return rows;
  }
}
