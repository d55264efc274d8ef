package verydeep.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;
import verydeep.network.Layer;
import verydeep.network.Parameters;

/**
 * The weights of a convolution or a fully connected layer, transformed once by G g G' of {@link
 * Winograd} and laid out as {@link GemmKernel} reads them: for each block of two vectors of output
 * channels, each product, each of the two panels, and each input channel a vector of numbers.
 */
final class Panels {

  private final Winograd form;
  private final boolean gathered;
  private final int kernel;
  private final int inputs;
  private final int outputs;
  private final float[] numbers;

  /**
   * Transforms weights.
   *
   * @param form how
   * @param gathered whether the whole window is one sum, as for the few channels of a picture
   * @param source the weights
   * @param team shares the work
   */
  Panels(Winograd form, boolean gathered, Source source, Team team) {
    this.form = form;
    this.gathered = gathered;
    this.kernel = source.kernel;
    this.inputs = source.inputs;
    this.outputs = source.outputs;
    long size = (long) blocks() * blockSize();
    if (size > Integer.MAX_VALUE - 32) {
      throw new CpuException("The weights of " + source.name + " are more than an array holds.");
    }
    this.numbers = new float[(int) size + GemmKernel.FIRST];
    team.run(blocks(), (block, member) -> fill(block, source));
  }

  /** Weights as the checkpoint has them, scaled by the batch normalisation behind them. */
  static final class Source {
    private final String name;
    private final int kernel;
    private final int inputs;
    private final int outputs;
    private final FloatBuffer weights;
    private final double[] scales;
    private final float[] bias;

    Source(String name, int kernel, int inputs, int outputs, FloatBuffer weights, float[] bias) {
      this.name = name;
      this.kernel = kernel;
      this.inputs = inputs;
      this.outputs = outputs;
      this.weights = weights;
      this.scales = new double[outputs];
      this.bias = Arrays.copyOf(bias, outputs + GemmKernel.COLUMNS);
      Arrays.fill(scales, 1);
    }

    private static Source of(
        String name, int kernel, int inputs, int outputs, Parameters parameters) {
      return new Source(
          name,
          kernel,
          inputs,
          outputs,
          parameters.get(name + ".weight").values(),
          parameters.get(name + ".bias").toArray());
    }

    static Source of(
        Layer.Convolution layer, Layer.BatchNormalization normalization, Parameters parameters) {
      Source source = of(layer.name(), layer.kernel(), layer.inputs(), layer.outputs(), parameters);
      if (normalization != null) {
        source.fold(parameters, normalization);
      }
      return source;
    }

    static Source of(Layer.FullyConnected layer, Parameters parameters) {
      return of(layer.name(), layer.window(), layer.inputs(), layer.outputs(), parameters);
    }

    private void fold(Parameters parameters, Layer.BatchNormalization normalization) {
      float[] gamma = parameters.get(normalization.name() + ".weight").toArray();
      float[] beta = parameters.get(normalization.name() + ".bias").toArray();
      float[] mean = parameters.get(normalization.name() + ".running_mean").toArray();
      float[] variance = parameters.get(normalization.name() + ".running_var").toArray();
      for (int o = 0; o < outputs; o++) {
        scales[o] = gamma[o] / Math.sqrt(variance[o] + (double) Layer.BatchNormalization.EPSILON);
        bias[o] = (float) ((bias[o] - (double) mean[o]) * scales[o] + beta[o]);
      }
    }

    String name() {
      return name;
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

    /** The biases, and zeros to the end of the last vector. */
    float[] bias() {
      return bias;
    }

    /** The weights of one output: input channel, row, column. */
    double[] row(int output) {
      float[] row = new float[inputs * kernel * kernel];
      weights.get(output * row.length, row);
      double[] scaled = new double[row.length];
      for (int i = 0; i < row.length; i++) {
        scaled[i] = row[i] * scales[output];
      }
      return scaled;
    }
  }

  Winograd form() {
    return form;
  }

  /** Whether the whole window is one sum. */
  boolean gathered() {
    return gathered;
  }

  /** Blocks of two vectors of output channels. */
  int blocks() {
    return (outputs + GemmKernel.COLUMNS - 1) / GemmKernel.COLUMNS;
  }

  /** Sums that the products fall into. */
  int products() {
    return gathered ? 1 : form.products();
  }

  /** Numbers that each sum is over. */
  int depth() {
    return gathered ? inputs * kernel * kernel : inputs;
  }

  /** Distance between the two panels of a block. */
  int panel() {
    return depth() * GemmKernel.LANES;
  }

  private int blockSize() {
    return Math.multiplyExact(2 * products(), panel());
  }

  /** Where the weights of a block for a product begin. */
  int at(int block, int product) {
    return GemmKernel.FIRST + block * blockSize() + 2 * product * panel();
  }

  float[] numbers() {
    return numbers;
  }

  long bytes() {
    return 4L * numbers.length;
  }

  private void fill(int block, Source source) {
    int first = block * GemmKernel.COLUMNS;
    double[] transform = form.outputs() == 1 ? null : form.kernelTransform();
    for (int o = first; o < Math.min(outputs, first + GemmKernel.COLUMNS); o++) {
      double[] row = source.row(o);
      int lane = (o - first) % GemmKernel.LANES;
      int to = at(block, 0) + (o - first) / GemmKernel.LANES * panel() + lane;
      if (transform == null) {
        spread(row, to);
      } else {
        transform(row, transform, to);
      }
    }
  }

  /** Writes the weights of one output as they are. */
  private void spread(double[] row, int to) {
    int window = kernel * kernel;
    int step = (gathered ? inputs : 2 * depth()) * GemmKernel.LANES;
    for (int p = 0; p < window; p++) {
      int at = to + p * step;
      for (int c = 0; c < inputs; c++) {
        numbers[at + c * GemmKernel.LANES] = (float) row[c * window + p];
      }
    }
  }

  /** Writes G g G' of each input's kernel of one output. */
  private void transform(double[] row, double[] transform, int to) {
    int step = 2 * panel();
    int window = kernel * kernel;
    for (int p = 0; p < form.products(); p++) {
      int at = to + p * step;
      for (int c = 0; c < inputs; c++) {
        double sum = 0;
        for (int k = 0; k < window; k++) {
          sum += transform[p * window + k] * row[c * window + k];
        }
        numbers[at + c * GemmKernel.LANES] = (float) sum;
      }
    }
  }
}
