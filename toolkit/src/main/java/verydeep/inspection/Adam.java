package verydeep.inspection;

/**
 * Adam with its usual constants (D. Kingma, J. Ba, <i>Adam: A Method for Stochastic
 * Optimization</i>, 2015, algorithm 1).
 */
final class Adam implements Descent {

  private static final double FIRST = 0.9;
  private static final double SECOND = 0.999;
  private static final double EPSILON = 1e-8;

  private final double rate;
  private final float[] mean;
  private final float[] square;
  private int steps;

  Adam(int size, double rate) {
    this.rate = rate;
    mean = new float[size];
    square = new float[size];
  }

  @Override
  public void step(float[] levels, float[] gradient) {
    steps++;
    double firstLeft = 1 - Math.pow(FIRST, steps);
    double secondLeft = Math.sqrt(1 - Math.pow(SECOND, steps));
    for (int i = 0; i < levels.length; i++) {
      double own = gradient[i];
      mean[i] = (float) (FIRST * mean[i] + (1 - FIRST) * own);
      square[i] = (float) (SECOND * square[i] + (1 - SECOND) * own * own);
      double length = Math.sqrt(square[i]) / secondLeft + EPSILON;
      levels[i] -= (float) (rate / firstLeft * mean[i] / length);
    }
  }
}
