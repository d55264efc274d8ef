package verydeep.training;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.internal.cpu.Kernels;
import verydeep.internal.cpu.TrainingPass;
import verydeep.internal.tasks.LossCounts;
import verydeep.internal.tasks.Targets;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/**
 * A network in training by the toolkit's own kernels, on the CPU. The same seed gives the same bits
 * for any number of threads and, without batch normalization, of devices and of images per
 * micro-batch.
 */
final class KernelDescent implements GradientDescent {

  private final Recipe recipe;
  private final LayerRates rates;
  private final Arithmetic arithmetic;
  private final TrainingPass pass;
  private final int shares;
  private final int microBatch;
  private LossScale lossScale = new LossScale(Precision.FLOAT32);

  /**
   * Lays out the weights.
   *
   * @param initial the first weights
   * @param recipe the momentum and the decay
   * @param rates how fast each layer learns
   * @param arithmetic {@link Arithmetic#FAST} or {@link Arithmetic#EXACT}
   * @param shares the number of parts of a batch, each of which has its own running statistics
   * @param microBatch the most images to hold in memory at a time
   */
  KernelDescent(
      Parameters initial,
      Recipe recipe,
      LayerRates rates,
      Arithmetic arithmetic,
      int shares,
      int microBatch) {
    this.recipe = recipe;
    this.rates = rates;
    this.arithmetic = arithmetic;
    this.shares = shares;
    this.microBatch = microBatch;
    Vgg network = initial.network();
    Set<String> learned =
        network.parameterShapes().stream()
            .filter(shape -> rates.learns(network, shape))
            .map(ParameterShape::name)
            .collect(Collectors.toSet());
    Kernels kernels = arithmetic == Arithmetic.EXACT ? Kernels.EXACT : Kernels.FAST;
    pass = kernels.train(initial, learned);
  }

  @Override
  public LossCounts step(Inputs inputs, Targets targets, double rate, long seed) {
    DropoutMasks masks = new DropoutMasks(pass.network(), seed);
    int images = targets.size();
    float share = 1f / Math.max(1, targets.counted());
    LossCounts[] counts = new LossCounts[images];
    pass.gradients(
        pixels(inputs),
        DjlDescent.shares(images, shares),
        microBatch,
        (layer, image) -> masks.count() == 0 ? new float[0] : masks.mask(layer, image, image + 1),
        (outputs, from, to, gradient) -> {
          int units = outputs.length / (to - from);
          for (int i = from; i < to; i++) {
            int at = (i - from) * units;
            float[] own = Arrays.copyOfRange(outputs, at, at + units);
            float[] slope = new float[units];
            counts[i] = targets.differentiate(own, i, share, slope);
            System.arraycopy(slope, 0, gradient, at, units);
          }
        });
    LossCounts outcome = LossCounts.NONE;
    for (LossCounts own : counts) { // in order, however the batch was cut
      outcome = outcome.plus(own);
    }
    if (Double.isFinite(outcome.loss())) {
      pass.step(
          recipe.momentum(),
          shape -> rate * rates.rate(shape),
          shape -> recipe.decay() * rates.decay(shape));
    }
    return outcome;
  }

  private static FloatBuffer pixels(Inputs inputs) {
    if (inputs instanceof Inputs.Floats floats) {
      return floats.pixels().slice();
    }
    throw new VerydeepException("The images are not numbers but " + inputs + ".");
  }

  @Override
  public Parameters snapshot() {
    return pass.snapshot();
  }

  @Override
  public Tensor weights(ParameterShape shape) {
    return pass.weights(shape);
  }

  @Override
  public List<ParameterShape> learned() {
    return pass.learned();
  }

  @Override
  public Tensor momentum(ParameterShape shape) {
    return pass.velocity(shape);
  }

  @Override
  public void restore(Map<ParameterShape, Tensor> velocities, LossScale scale) {
    velocities.forEach(pass::setVelocity);
    lossScale = scale;
  }

  @Override
  public LossScale lossScale() {
    return lossScale;
  }

  @Override
  public Arithmetic arithmetic() {
    return arithmetic;
  }

  @Override
  public String description() {
    return arithmetic + ", " + pass.arithmetic();
  }

  @Override
  public void close() {
    // its memory is the collector's
  }
}
