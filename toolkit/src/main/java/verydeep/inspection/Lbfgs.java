package verydeep.inspection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * L-BFGS with steps of length 1 and no line search, as PyTorch's by default (J. Nocedal, S. Wright,
 * <i>Numerical Optimization</i>, 2006, algorithm 7.4). The first step changes levels by 1 in the
 * mean: a smaller one would drown in the rounding of 32 bits. No step changes them by more than 8
 * in the mean: without a line search a longer one may lead anywhere.
 */
final class Lbfgs implements Descent {

  /** Pairs that are remembered: 31 MB for an image of 256x256 pixels. */
  private static final int MEMORY = 20;

  /** Below this a pair says nothing of the curvature. */
  private static final double FLAT = 1e-10;

  /** The largest mean change of the levels at a step. */
  private static final double LONGEST = 8;

  private final Deque<Pair> pairs = new ArrayDeque<>();
  private double scale = 1;
  private float[] step;
  private float[] before;

  /** A step, and how the gradient changed by it. */
  @SuppressWarnings("ArrayRecordComponent") // read by inner loops
  private record Pair(float[] step, float[] change, double inverse) {}

  @Override
  public void step(float[] levels, float[] gradient) {
    if (absolute(gradient) == 0) {
      return; // there is no direction to go in
    }
    double length = 1;
    if (before == null) {
      length = gradient.length / Math.max(Double.MIN_NORMAL, absolute(gradient));
    } else {
      remember(gradient);
    }
    float[] direction = direction(gradient);
    if (!(dot(direction, gradient) < 0)) { // not downhill: what is remembered is of no use here
      pairs.clear();
      scale = 1;
      length = gradient.length / Math.max(Double.MIN_NORMAL, absolute(gradient));
      direction = direction(gradient);
    }
    length = Math.min(length, LONGEST * levels.length / absolute(direction));
    for (int i = 0; i < levels.length; i++) {
      direction[i] = (float) (direction[i] * length); // beyond the range of floats if nearly flat
      levels[i] += direction[i];
    }
    step = direction;
    before = gradient.clone();
  }

  private void remember(float[] gradient) {
    float[] change = new float[gradient.length];
    for (int i = 0; i < change.length; i++) {
      change[i] = gradient[i] - before[i];
    }
    double curvature = dot(change, step);
    if (curvature > FLAT) {
      if (pairs.size() == MEMORY) {
        pairs.removeFirst();
      }
      pairs.addLast(new Pair(step, change, 1 / curvature));
      scale = curvature / dot(change, change);
    }
  }

  /** The two loops. */
  private float[] direction(float[] gradient) {
    float[] direction = new float[gradient.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = -gradient[i];
    }
    List<Pair> all = new ArrayList<>(pairs);
    double[] shares = new double[all.size()];
    for (int k = all.size() - 1; k >= 0; k--) {
      shares[k] = dot(all.get(k).step(), direction) * all.get(k).inverse();
      add(direction, -shares[k], all.get(k).change());
    }
    for (int i = 0; i < direction.length; i++) {
      direction[i] *= (float) scale;
    }
    for (int k = 0; k < all.size(); k++) {
      double share = dot(all.get(k).change(), direction) * all.get(k).inverse();
      add(direction, shares[k] - share, all.get(k).step());
    }
    return direction;
  }

  private static void add(float[] sum, double factor, float[] other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (float) (factor * other[i]);
    }
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  private static double absolute(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }
}
