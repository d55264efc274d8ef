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

  /** The numbers that a thread updates at once. */
  private static final int PIECE = 1 << 16;

  private final Panels panels;
  private final int kernel;
  private final int inputs;
  private final int outputs;
  private final List<Integer> sizes;
  private final Moving weights;
  private final Moving biases;

  /**
   * Numbers that training changes.
   *
   * @param numbers the weights or biases
   * @param gradient their gradient; empty if they do not learn
   * @param velocity their momentum's v; empty likewise
   */
  @SuppressWarnings("ArrayRecordComponent") // owned by this class
  private record Moving(float[] numbers, float[] gradient, float[] velocity) {

    static Moving of(float[] numbers, boolean learns) {
      int size = learns ? numbers.length : 0;
      return new Moving(numbers, new float[size], new float[size]);
    }

    long bytes() {
      return 4L * (numbers.length + gradient.length + velocity.length);
    }
  }

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
    this.weights = Moving.of(numbers, learns.weights);
    this.biases = Moving.of(new float[panels.blocks() * COLUMNS], learns.biases);
    setWeights(weights, numbers);
    bias.copyTo(FloatBuffer.wrap(biases.numbers));
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

  /** Returns the biases, padded with zeros to the end of the last block. */
  float[] bias() {
    return biases.numbers;
  }

  /** Returns the gradient of the weights, laid out like them. */
  float[] gradient() {
    return weights.gradient;
  }

  /** Returns the gradient of the biases. */
  float[] biasGradient() {
    return biases.gradient;
  }

  boolean learns() {
    return weights.gradient.length > 0 || biases.gradient.length > 0;
  }

  boolean weightsLearn() {
    return weights.gradient.length > 0;
  }

  boolean biasesLearn() {
    return biases.gradient.length > 0;
  }

  /** Sets the gradients of channels that only fill up a vector to zero. */
  void clearFilling(int block) {
    int real = panels.gathered() ? inputs * kernel * kernel : inputs;
    for (int p = 0; p < panels.products(); p++) {
      int at = panels.at(block, p);
      Arrays.fill(weights.gradient, at + real * COLUMNS, at + panels.depth() * COLUMNS, 0);
    }
  }

  /**
   * Takes the step of section 3.1 with the rate inside of the momentum: v = momentum v + rate (g +
   * decay w), w = w - v.
   */
  void step(Team team, float momentum, float rate, float weightDecay) {
    step(team, weights, momentum, rate, weightDecay);
  }

  /** The same for the biases. */
  void biasStep(Team team, float momentum, float rate, float decay) {
    step(team, biases, momentum, rate, decay);
  }

  private static void step(Team team, Moving moving, float momentum, float rate, float decay) {
    int count = moving.gradient.length;
    team.run(
        (count + PIECE - 1) / PIECE,
        (index, member) -> {
          int from = index * PIECE;
          step(moving, from, Math.min(count, from + PIECE), momentum, rate, decay);
        });
  }

  private static void step(
      Moving moving, int from, int to, float momentum, float rate, float decay) {
    float[] w = moving.numbers;
    float[] g = moving.gradient;
    float[] v = moving.velocity;
    for (int i = from; i < to; i++) {
      v[i] = momentum * v[i] + rate * (g[i] + decay * w[i]);
      w[i] -= v[i];
    }
  }

  /** Returns a copy of the weights in their own shape. */
  Tensor weightTensor() {
    return tensor(weights.numbers);
  }

  /** Returns a copy of the gradient of the weights. */
  Tensor gradientTensor() {
    return tensor(weights.gradient);
  }

  /** Returns a copy of the velocity of the weights. */
  Tensor velocityTensor() {
    return tensor(weights.velocity);
  }

  Tensor biasTensor() {
    return biasTensor(biases.numbers);
  }

  Tensor biasGradientTensor() {
    return biasTensor(biases.gradient);
  }

  Tensor biasVelocityTensor() {
    return biasTensor(biases.velocity);
  }

  void setVelocity(Tensor value) {
    setWeights(value, weights.velocity);
  }

  void setBiasVelocity(Tensor value) {
    value.copyTo(FloatBuffer.wrap(biases.velocity));
  }

  private Tensor biasTensor(float[] numbers) {
    return Tensor.of(List.of(outputs), Arrays.copyOf(numbers, outputs));
  }

  private Tensor tensor(float[] numbers) {
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

  private void setWeights(Tensor from, float[] numbers) {
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
