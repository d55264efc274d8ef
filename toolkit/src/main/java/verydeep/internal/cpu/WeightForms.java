package verydeep.internal.cpu;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The forms of weights that change in each step: G g G' of {@link Winograd} for the forward pass;
 * the same of the turned kernels for the gradient with respect to the inputs, which is a
 * convolution with outputs and inputs exchanged and each kernel turned by half a turn; and the way
 * back of the gradient, G' du G.
 */
final class WeightForms {

  private static final int FIRST = GemmKernel.FIRST;
  private static final int COLUMNS = GemmKernel.COLUMNS;
  private static final int LANES = GemmKernel.LANES;

  private WeightForms() {}

  /**
   * Returns a layer's weights in a form; in the layer's own memory if the form is direct.
   *
   * @param weights the layer's weights
   * @param form the form
   * @param team the threads that share the work
   * @param memory returns memory for at least the given number of floats
   * @param workspace the memory to work in
   */
  static Panels forward(
      LearnedWeights weights,
      Winograd form,
      Team team,
      IntFunction<float[]> memory,
      Workspace workspace) {
    Panels from = weights.panels();
    if (form.outputs() == 1) {
      return from;
    }
    int depth = from.depth();
    int outputs = weights.outputs();
    float[] numbers = memory.apply(Panels.numbers(form, false, outputs, depth));
    Panels to = new Panels(form, false, weights.inputs(), outputs, depth, numbers);
    team.run(
        to.blocks(),
        (block, member) -> {
          float[] scratch = workspace.scratch(member);
          int step = depth * COLUMNS;
          transform(form, from.numbers(), from.at(block, 0), step, to, block, 0, depth, scratch);
        });
    return to;
  }

  /** Returns a layer's weights for the gradient with respect to its inputs. */
  static Panels turned(LearnedWeights weights, Winograd form, Team team, Workspace workspace) {
    int depth = LearnedWeights.filled(weights.outputs());
    int outputs = weights.inputs();
    float[] numbers = workspace.weights(Panels.numbers(form, false, outputs, depth));
    Panels to = new Panels(form, false, weights.outputs(), outputs, depth, numbers);
    int window = weights.kernel() * weights.kernel();
    int square = COLUMNS * COLUMNS;
    team.run(
        to.blocks(),
        (block, member) -> {
          float[] turned = workspace.rows(member, window * square);
          for (int from = 0; from < depth; from += COLUMNS) {
            int count = Math.min(COLUMNS, depth - from);
            for (int p = 0; p < window; p++) {
              int at = FIRST + (window - 1 - p) * square;
              transpose(weights.panels(), from / COLUMNS, p, block, turned, at);
            }
            float[] scratch = workspace.scratch(member);
            transform(form, turned, FIRST, square, to, block, from, count, scratch);
          }
        });
    return to;
  }

  /** Writes a square of weights, inputs x outputs, as outputs x inputs. */
  private static void transpose(
      Panels weights, int outputBlock, int position, int inputBlock, float[] to, int toAt) {
    int first = inputBlock * COLUMNS;
    int inputs = Math.min(COLUMNS, weights.depth() - first);
    int at = weights.at(outputBlock, position) + first * COLUMNS;
    float[] from = weights.numbers();
    for (int o = 0; o < COLUMNS; o++) {
      int row = toAt + o * COLUMNS;
      for (int c = 0; c < inputs; c++) {
        to[row + c] = from[at + c * COLUMNS + o];
      }
      Arrays.fill(to, row + inputs, row + COLUMNS, 0);
    }
  }

  /**
   * Transforms the kernels of a block of outputs.
   *
   * @param form the form
   * @param g the kernels
   * @param at the first
   * @param step the distance between the positions of a kernel
   * @param to receives them
   * @param block the block
   * @param first the first input in the result
   * @param inputs the number of inputs
   * @param scratch 30 vectors
   */
  private static void transform(
      Winograd form,
      float[] g,
      int at,
      int step,
      Panels to,
      int block,
      int first,
      int inputs,
      float[] scratch) {
    int product = to.depth() * COLUMNS;
    int toAt = to.at(block, 0) + first * COLUMNS;
    float[] u = to.numbers();
    if (form.outputs() == 1) {
      for (int p = 0; p < form.products(); p++) {
        System.arraycopy(g, at + p * step, u, toAt + p * product, inputs * COLUMNS);
      }
      return;
    }
    for (int i = 0; i < inputs * COLUMNS; i += LANES) {
      if (form.outputs() == 4) {
        WeightKernel.four(g, at + i, step, u, toAt + i, product, scratch);
      } else if (form.kernel() == 5) {
        FiveKernel.weights(g, at + i, step, u, toAt + i, product, scratch);
      } else {
        WeightKernel.two(g, at + i, step, u, toAt + i, product, scratch);
      }
    }
  }

  /**
   * Writes the gradients of a block of outputs: G' du G.
   *
   * @param sums the gradients with respect to the form's products
   * @param block the block
   * @param weights receives the gradients
   * @param scratch 30 vectors
   */
  static void back(Panels sums, int block, LearnedWeights weights, float[] scratch) {
    Panels to = weights.panels();
    Winograd form = sums.form();
    int step = to.depth() * COLUMNS;
    int from = sums.at(block, 0);
    int at = to.at(block, 0);
    float[] u = sums.numbers();
    float[] g = weights.gradient();
    if (form.outputs() == 1) {
      System.arraycopy(u, from, g, at, sums.products() * step);
    } else {
      for (int i = 0; i < step; i += LANES) {
        if (form.outputs() == 4) {
          WeightKernel.fourBack(u, from + i, step, g, at + i, step, scratch);
        } else if (form.kernel() == 5) {
          FiveKernel.weightsBack(u, from + i, step, g, at + i, step, scratch);
        } else {
          WeightKernel.twoBack(u, from + i, step, g, at + i, step, scratch);
        }
      }
    }
    weights.clearFilling(block);
  }
}
