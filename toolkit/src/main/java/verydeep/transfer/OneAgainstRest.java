package verydeep.transfer;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;

/** LIBLINEAR's solver for the primal problem, once a class: no chance in it, so always the same. */
final class OneAgainstRest {

  private static final double TOLERANCE = 1e-4;

  static {
    Linear.disableDebugOutput();
  }

  private OneAgainstRest() {}

  /** For each class the weights of the features and, last, the offset. */
  static double[][] train(Features features, double cost) {
    Feature[][] rows = rows(features);
    double[][] weights = new double[features.classes().size()][];
    for (int label = 0; label < weights.length; label++) {
      weights[label] = train(features, rows, label, cost);
    }
    return weights;
  }

  private static double[] train(Features features, Feature[][] rows, int label, double cost) {
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
    Model model = Linear.train(problem, new Parameter(SolverType.L2R_L2LOSS_SVC, cost, TOLERANCE));
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
