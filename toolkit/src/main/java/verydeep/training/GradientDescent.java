package verydeep.training;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import verydeep.cpu.Arithmetic;
import verydeep.internal.tasks.LossCounts;
import verydeep.internal.tasks.Targets;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;

/** A network in training, and the step that changes its weights. */
interface GradientDescent extends AutoCloseable {

  /**
   * Takes one step. The weights do not change if the loss is not finite or, in mixed precision, if
   * a gradient is not finite.
   *
   * @param inputs the images
   * @param targets what is wanted of each image
   * @param rate the learning rate
   * @param seed determines which units dropout sets to zero
   */
  LossCounts step(Inputs inputs, Targets targets, double rate, long seed);

  /** Takes one step on preprocessed images, batch x 3 x side x side. */
  default LossCounts step(FloatBuffer pixels, Targets targets, double rate, long seed) {
    return step(new Inputs.Floats(pixels), targets, rate, seed);
  }

  /** Takes one step of a classifier. */
  default LossCounts step(FloatBuffer pixels, int[] labels, double rate, long seed) {
    return step(pixels, new ClassTargets(labels), rate, seed);
  }

  /**
   * Draws the dropout masks of a later step, where that is done while a device works on this one.
   *
   * @param seed the seed of the later step
   * @param images the number of images in its batch
   */
  default void expect(long seed, int images) {}

  /** Returns a copy of the current weights. */
  Parameters snapshot();

  /** Returns a copy of one weight array. */
  Tensor weights(ParameterShape shape);

  /** Returns the trainable arrays, each of which has a momentum. */
  List<ParameterShape> learned();

  /** Returns a copy of an array's momentum v, in the shape of its weights. */
  Tensor momentum(ParameterShape shape);

  /** Continues where another training stopped. */
  void restore(Map<ParameterShape, Tensor> velocities, LossScale scale);

  /** Returns the loss scale of mixed precision. */
  LossScale lossScale();

  /** Returns what computes the steps. */
  Arithmetic arithmetic();

  /** Returns what computes the steps, in words. */
  String description();

  @Override
  void close();
}
