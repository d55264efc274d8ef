package verydeep.internal.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import verydeep.network.Tensor;

/**
 * The weights and biases of a layer in training, with their gradients and velocities, laid out as a
 * direct convolution reads them: {@code [outputs / 32][position][input][32]}, and inputs filled up
 * with zeros to a multiple of {@link #GRAIN}. Fully connected layers and 1x1 convolutions compute
 * with them as they are; other layers transform them in each step.
 */
final class LearnedWeights {

  /** Inputs are filled up to a multiple of this. */
  static final int GRAIN = GemmKernel.GRAIN;

  private static final int COLUMNS = GemmKernel.COLUMNS;

  private final Panels panels;
  private final int kernel;
  private final int inputs;
  private final int outputs;
  private final List<Integer> sizes;
  private final LearnedArray weights;
  private final LearnedArray biases;

  /**
   * Which numbers of a layer learn.
   *
   * @param weights whether its weights do
   * @param biases whether its biases do
   */
  record Learns(boolean weights, boolean biases) {
    boolean any() {
      return weights || biases;
    }
  }

  /**
   * Lays out a layer's weights.
   *
   * @param kernel the rows and columns of its window
   * @param gathered whether the whole window is one sum
   * @param weights outputs x inputs x window
   * @param bias the biases
   * @param learns which of them learn
   */
  LearnedWeights(int kernel, boolean gathered, Tensor weights, Tensor bias, Learns learns) {
    this.kernel = kernel;
    this.outputs = bias.size();
    this.inputs = weights.size() / outputs / (kernel * kernel);
    this.sizes = weights.sizes();
    Winograd direct = Winograd.direct(kernel);
    int depth = filled(gathered ? inputs * kernel * kernel : inputs);
    float[] numbers = new float[Panels.numbers(direct, gathered, outputs, depth)];
    panels = new Panels(direct, gathered, inputs, outputs, depth, numbers);
    this.weights = new LearnedArray(weights, numbers, new Blocks(), learns.weights);
    this.biases = LearnedArray.ofChannels(bias, panels.blocks() * COLUMNS, learns.biases);
  }

  /** Returns a number of inputs filled up to whole vectors. */
  static int filled(int inputs) {
    return (inputs + GRAIN - 1) / GRAIN * GRAIN;
  }

  /** Returns the bytes of the weights and biases, their gradients and velocities. */
  long bytes() {
    return weights.bytes() + biases.bytes();
  }

  Panels panels() {
    return panels;
  }

  int kernel() {
    return kernel;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  LearnedArray weights() {
    return weights;
  }

  LearnedArray biases() {
    return biases;
  }

  /** Returns the biases, padded with zeros to the end of the last block. */
  float[] bias() {
    return biases.numbers();
  }

  /** Returns the gradient of the weights, laid out like them. */
  float[] gradient() {
    return weights.gradient();
  }

  /** Returns the gradient of the biases. */
  float[] biasGradient() {
    return biases.gradient();
  }

  boolean learns() {
    return weightsLearn() || biasesLearn();
  }

  boolean weightsLearn() {
    return weights.learns();
  }

  boolean biasesLearn() {
    return biases.learns();
  }

  /** Sets the gradients of channels that only fill up a vector to zero. */
  void clearFilling(int block) {
    int real = panels.gathered() ? inputs * kernel * kernel : inputs;
    for (int p = 0; p < panels.products(); p++) {
      int at = panels.at(block, p);
      Arrays.fill(weights.gradient(), at + real * COLUMNS, at + panels.depth() * COLUMNS, 0);
    }
  }

  /** The weights' layout. */
  private final class Blocks implements LearnedArray.Layout {

    @Override
    public Tensor tensor(float[] numbers) {
      int window = kernel * kernel;
      float[] values = new float[outputs * inputs * window];
      for (int o = 0; o < outputs; o++) {
        for (int p = 0; p < window; p++) {
          int at = at(o, p);
          for (int c = 0; c < inputs; c++) {
            values[(o * inputs + c) * window + p] = numbers[at + c * COLUMNS];
          }
        }
      }
      return Tensor.of(sizes, values);
    }

    @Override
    public void set(Tensor from, float[] numbers) {
      int window = kernel * kernel;
      float[] row = new float[inputs * window];
      FloatBuffer values = from.values();
      for (int o = 0; o < outputs; o++) {
        values.get(row);
        for (int p = 0; p < window; p++) {
          int at = at(o, p);
          for (int c = 0; c < inputs; c++) {
            numbers[at + c * COLUMNS] = row[c * window + p];
          }
        }
      }
    }

    /** Returns where an output's weight for the first input of a position is. */
    private int at(int output, int position) {
      int block = output / COLUMNS;
      int start =
          panels.gathered()
              ? panels.at(block, 0) + position * inputs * COLUMNS
              : panels.at(block, position);
      return start + output % COLUMNS;
    }
  }
}
