package verydeep.inspection;

import java.util.List;
import java.util.Map;
import verydeep.internal.passes.Activations;

/** The squared differences of neighboring pixels, a mean over pixels and colors. */
record VariationTerm() implements Term, Term.Ready {

  @Override
  public List<String> layers() {
    return List.of();
  }

  @Override
  public Ready ready(References references, int height, int width) {
    return this;
  }

  @Override
  public double add(
      Pixels pixels, Map<String, Activations> activations, double weight, LossGradient gradient) {
    float[] levels = pixels.levels();
    double sum = 0;
    for (int i = 0; i < levels.length; i++) {
      int place = i % (pixels.width() * pixels.height());
      if (place % pixels.width() + 1 < pixels.width()) {
        sum += pair(levels, i, i + 1, weight, gradient.pixels());
      }
      if (place / pixels.width() + 1 < pixels.height()) {
        sum += pair(levels, i, i + pixels.width(), weight, gradient.pixels());
      }
    }
    return sum / levels.length;
  }

  private static double pair(float[] levels, int one, int other, double weight, float[] gradient) {
    double difference = (double) levels[one] - levels[other];
    float change = (float) (2 * weight * difference / levels.length);
    gradient[one] += change;
    gradient[other] -= change;
    return difference * difference;
  }
}
