package verydeep.transfer;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.function.IntPredicate;

/**
 * LIBLINEAR's solver for the primal problem of two sides, with squared hinge loss. It is
 * deterministic.
 */
final class HingeSolver {

  /** For the final classifier: LIBLINEAR's default divided by 100. */
  static final double FINE = 1e-4;

  /** To compare costs: LIBLINEAR's default. */
  static final double COARSE = 1e-2;

  static {
    Linear.disableDebugOutput();
  }

  private final Feature[][] rows;
  private final int dimension;

  HingeSolver(Features features) {
    dimension = features.dimension();
    rows = new Feature[features.size()][dimension + 1];
    for (int i = 0; i < rows.length; i++) {
      float[] vector = features.shared(i);
      for (int j = 0; j < dimension; j++) {
        rows[i][j] = new FeatureNode(j + 1, vector[j]);
      }
      rows[i][dimension] = new FeatureNode(dimension + 1, 1);
    }
  }

  /**
   * Trains on some of the vectors.
   *
   * @param some their indices, of both sides
   * @param positive whether a vector is on the positive side
   * @return the weights of the features and, last, the offset
   */
  double[] train(int[] some, IntPredicate positive, double cost, double tolerance) {
    Problem problem = new Problem();
    problem.l = some.length;
    problem.n = dimension + 1;
    problem.bias = 1;
    problem.x = new Feature[some.length][];
    problem.y = new double[some.length];
    for (int i = 0; i < some.length; i++) {
      problem.x[i] = rows[some[i]];
      problem.y[i] = positive.test(some[i]) ? 1 : -1;
    }
    Model model = Linear.train(problem, new Parameter(SolverType.L2R_L2LOSS_SVC, cost, tolerance));
    double sign = model.getLabels()[0]; // LIBLINEAR counts the first label it meets as positive
    double[] weights = model.getFeatureWeights().clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = sign * weights[i];
    }
    return weights;
  }
}
