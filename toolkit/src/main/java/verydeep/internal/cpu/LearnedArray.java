package verydeep.internal.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import verydeep.network.Tensor;

/**
 * An array of a layer's parameters in training, with its gradient and velocity, in whatever layout
 * the layer computes with.
 */
final class LearnedArray {

  /** The numbers that a thread updates at once. */
  private static final int PIECE = 1 << 16;

  private final float[] numbers;
  private final float[] gradient;
  private final float[] velocity;
  private final Layout layout;

  /** How an array of a file is laid out. */
  interface Layout {

    /** Returns a copy of numbers in the array's own shape. */
    Tensor tensor(float[] numbers);

    /** Lays out an array. */
    void set(Tensor tensor, float[] numbers);
  }

  /**
   * Lays out an array.
   *
   * @param initial its first values
   * @param numbers zeros in their place
   * @param layout the layout
   * @param learns whether training changes it
   */
  LearnedArray(Tensor initial, float[] numbers, Layout layout, boolean learns) {
    this.numbers = numbers;
    this.gradient = new float[learns ? numbers.length : 0];
    this.velocity = new float[gradient.length];
    this.layout = layout;
    layout.set(initial, numbers);
  }

  /** Lays out an array with a number for each channel, filled up with zeros. */
  static LearnedArray ofChannels(Tensor initial, int size, boolean learns) {
    return new LearnedArray(initial, new float[size], new Channels(initial.size()), learns);
  }

  private record Channels(int count) implements Layout {
    @Override
    public Tensor tensor(float[] numbers) {
      return Tensor.of(List.of(count), Arrays.copyOf(numbers, count));
    }

    @Override
    public void set(Tensor tensor, float[] numbers) {
      tensor.copyTo(FloatBuffer.wrap(numbers));
    }
  }

  boolean learns() {
    return gradient.length > 0;
  }

  float[] numbers() {
    return numbers;
  }

  /** Returns the gradient, laid out like the numbers; empty if the array does not learn. */
  float[] gradient() {
    return gradient;
  }

  /** Returns the bytes of the numbers, their gradient and velocity. */
  long bytes() {
    return 4L * (numbers.length + gradient.length + velocity.length);
  }

  /**
   * Takes the step of section 3.1 with the rate inside of the momentum: v = momentum v + rate (g +
   * decay w), w = w - v.
   */
  void step(Team team, float momentum, float rate, float decay) {
    int count = gradient.length;
    team.run(
        (count + PIECE - 1) / PIECE,
        (index, member) -> {
          int from = index * PIECE;
          step(from, Math.min(count, from + PIECE), momentum, rate, decay);
        });
  }

  private void step(int from, int to, float momentum, float rate, float decay) {
    float[] w = numbers;
    float[] g = gradient;
    float[] v = velocity;
    for (int i = from; i < to; i++) {
      v[i] = momentum * v[i] + rate * (g[i] + decay * w[i]);
      w[i] -= v[i];
    }
  }

  /** Returns a copy of the numbers in their own shape. */
  Tensor tensor() {
    return layout.tensor(numbers);
  }

  /** Returns a copy of the gradient in that shape. */
  Tensor gradientTensor() {
    return layout.tensor(gradient);
  }

  /** Returns a copy of the velocity in that shape. */
  Tensor velocityTensor() {
    return layout.tensor(velocity);
  }

  void setVelocity(Tensor value) {
    layout.set(value, velocity);
  }
}
