package verydeep.internal.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of a ReLU: y = max(0, x) passes dy on where y is above 0, and nothing elsewhere. A
 * map holds y before and the gradient after, so that it needs no mask.
 */
final class MaskKernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private MaskKernel() {}

  /**
   * Writes a vector of a gradient in the place of the activations.
   *
   * @param gradient the gradient with respect to the activations
   * @param at the first number
   * @param y the activations, which become the gradient with respect to the ReLU's input
   * @param yAt the first number
   */
  static void write(float[] gradient, int at, float[] y, int yAt) {
    FloatVector kept = FloatVector.fromArray(SPECIES, y, yAt);
    FloatVector given = FloatVector.fromArray(SPECIES, gradient, at);
    given.blend(0f, kept.compare(VectorOperators.LE, 0f)).intoArray(y, yAt);
  }

  /**
   * Masks gradients in place.
   *
   * @param y the activations
   * @param yAt the first number
   * @param gradient the gradient with respect to the activations, which becomes the gradient with
   *     respect to the ReLU's input
   * @param at the first number
   * @param count how many numbers, a multiple of a vector's
   */
  static void mask(float[] y, int yAt, float[] gradient, int at, int count) {
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector kept = FloatVector.fromArray(SPECIES, y, yAt + i);
      FloatVector given = FloatVector.fromArray(SPECIES, gradient, at + i);
      given.blend(0f, kept.compare(VectorOperators.LE, 0f)).intoArray(gradient, at + i);
    }
  }
}
