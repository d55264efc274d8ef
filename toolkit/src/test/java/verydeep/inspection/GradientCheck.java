package verydeep.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import verydeep.cpu.Arithmetic;
import verydeep.data.RgbImage;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.passes.LayerGradients;
import verydeep.weights.Checkpoint;

/**
 * Compares the gradient of an objective with differences of its value: along its own direction, and
 * along some that are drawn.
 */
final class GradientCheck {

  /** Gray levels: small, since ReLUs and poolings have kinks, and still resolved by 32 bits. */
  private static final double STEP = 0.002;

  private GradientCheck() {}

  static void check(Checkpoint checkpoint, Objective objective, RgbImage image) {
    Objective known =
        objective.term() instanceof ScoreTerm score
            ? objective.on(score.in(checkpoint.classNames()))
            : objective;
    try (LayerGradients network = Arithmetics.gradients(Arithmetic.DJL, checkpoint.parameters())) {
      float[] start = Pixels.of(image).levels().clone();
      float[] gradient = gradient(network, checkpoint, known, image);
      double length = 0;
      for (float value : gradient) {
        length += (double) value * value;
      }
      length = Math.sqrt(length);
      assertThat(length).isPositive();
      for (int trial = 0; trial < 3; trial++) {
        Random random = new Random(trial);
        double[] direction = new double[start.length];
        double expected = 0;
        for (int i = 0; i < direction.length; i++) {
          double own = gradient[i] / length * Math.sqrt(direction.length);
          direction[i] = trial == 0 ? own : 0.5 * own + random.nextGaussian();
          expected += gradient[i] * direction[i];
        }
        double up = value(network, checkpoint, known, image, direction, STEP);
        double down = value(network, checkpoint, known, image, direction, -STEP);
        double found = (up - down) / (2 * STEP);
        assertThat(found).isCloseTo(expected, within(0.02 * Math.abs(expected)));
      }
    }
  }

  private static float[] gradient(
      LayerGradients network, Checkpoint checkpoint, Objective objective, RgbImage image) {
    List<float[]> seen = new ArrayList<>();
    Descent watching = (levels, gradient) -> seen.add(gradient.clone());
    run(network, checkpoint, objective, Pixels.of(image), watching);
    return seen.get(0);
  }

  private static double value(
      LayerGradients network,
      Checkpoint checkpoint,
      Objective objective,
      RgbImage image,
      double[] direction,
      double step) {
    Pixels pixels = Pixels.of(image);
    for (int i = 0; i < direction.length; i++) {
      pixels.levels()[i] += (float) (step * direction[i]);
    }
    return run(network, checkpoint, objective, pixels, (levels, gradient) -> {}).losses()[0];
  }

  private static OptimizedImage run(
      LayerGradients network,
      Checkpoint checkpoint,
      Objective objective,
      Pixels pixels,
      Descent descent) {
    return new OptimizationRun(
            network, checkpoint.preprocessing(), List.of(objective), pixels, descent, 0, 0)
        .run(1, ImageProgress.silent());
  }
}
