package verydeep.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;
import verydeep.VerydeepException;
import verydeep.network.Layer;
import verydeep.network.Parameters;

/**
 * The weights of a convolution or a fully connected layer, transformed once by G g G' of {@link
 * Winograd} and laid out as {@link GemmKernel} reads them: for each block of two vectors of output
 * channels, each product, and each input channel two vectors of numbers.
 */
final class Panels {

  /** Inputs whose kernels are transformed together: their numbers stay in the cache. */
  private static final int TOGETHER = 8;

  /** Numbers of a kernel's place for them; not a power of two, lest places share cache lines. */
  private static final int PLACE = TOGETHER * GemmKernel.COLUMNS + 8;

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
   * @param gathered whether the whole window is one sum, as for the few channels of an image
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
      throw new VerydeepException(
          "The weights of " + source.name + " are more than an array holds.");
    }
    this.numbers = new float[(int) size + GemmKernel.FIRST];
    team.run(blocks(), (block, member) -> fill(block, source));
  }

  /** Weights as the checkpoint has them, scaled by the batch normalization behind them. */
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

  /** Numbers of a block for a product. */
  private int panel() {
    return depth() * GemmKernel.COLUMNS;
  }

  private int blockSize() {
    return Math.multiplyExact(products(), panel());
  }

  /** Where the weights of a block for a product begin. */
  int at(int block, int product) {
    return GemmKernel.FIRST + block * blockSize() + product * panel();
  }

  float[] numbers() {
    return numbers;
  }

  long bytes() {
    return 4L * numbers.length;
  }

  /** Goes through a block as it lies in memory: written output by output it takes twice as long. */
  private void fill(int block, Source source) {
    int first = block * GemmKernel.COLUMNS;
    double[][] rows = new double[Math.min(outputs - first, GemmKernel.COLUMNS)][];
    for (int o = 0; o < rows.length; o++) {
      rows[o] = source.row(first + o);
    }
    if (form.outputs() == 1) {
      spread(rows, at(block, 0));
    } else {
      transform(rows, at(block, 0));
    }
  }

  /** Writes the weights of some outputs as they are. */
  private void spread(double[][] rows, int to) {
    int window = kernel * kernel;
    int step = (gathered ? inputs : depth()) * GemmKernel.COLUMNS;
    for (int c = 0; c < inputs; c++) {
      for (int p = 0; p < window; p++) {
        int at = to + p * step + c * GemmKernel.COLUMNS;
        for (int o = 0; o < rows.length; o++) {
          numbers[at + o] = (float) rows[o][c * window + p];
        }
      }
    }
  }

  /**
   * Writes G g G' of each input's kernel of some outputs, for a few inputs at a time: loops over
   * their numbers are long enough for the compiler to make vectors of them.
   */
  private void transform(double[][] rows, int to) {
    int columns = GemmKernel.COLUMNS;
    int tile = form.tile();
    double[] kernels = new double[kernel * kernel * PLACE];
    double[] half = new double[tile * kernel * PLACE];
    double[] whole = new double[tile * tile * PLACE];
    for (int first = 0; first < inputs; first += TOGETHER) {
      int count = Math.min(TOGETHER, inputs - first);
      gather(rows, first, count, kernels);
      multiply(kernels, kernel * PLACE, PLACE, kernel, half, kernel * PLACE, PLACE);
      multiply(half, PLACE, kernel * PLACE, tile, whole, PLACE, tile * PLACE);
      for (int p = 0; p < tile * tile; p++) {
        int at = to + p * panel() + first * columns;
        for (int o = 0; o < count * columns; o++) {
          numbers[at + o] = (float) whole[p * PLACE + o];
        }
      }
    }
  }

  /** Puts each place's numbers of some inputs and outputs together. */
  private void gather(double[][] rows, int first, int count, double[] kernels) {
    int window = kernel * kernel;
    for (int c = 0; c < count; c++) {
      for (int o = 0; o < rows.length; o++) {
        for (int k = 0; k < window; k++) {
          kernels[k * PLACE + c * GemmKernel.COLUMNS + o] = rows[o][(first + c) * window + k];
        }
      }
    }
  }

  /**
   * Multiplies G with columns of places.
   *
   * @param x the columns
   * @param step distance between the places of a column
   * @param line distance between columns
   * @param lines how many
   * @param y takes columns of as many places as G has rows
   * @param yStep distance between their places
   * @param yLine distance between them
   */
  private void multiply(
      double[] x, int step, int line, int lines, double[] y, int yStep, int yLine) {
    double[][] g = form.g();
    for (int l = 0; l < lines; l++) {
      for (int i = 0; i < g.length; i++) {
        int to = l * yLine + i * yStep;
        Arrays.fill(y, to, to + PLACE, 0);
        for (int k = 0; k < kernel; k++) {
          if (g[i][k] != 0) {
            add(g[i][k], x, l * line + k * step, y, to);
          }
        }
      }
    }
  }

  private static void add(double factor, double[] x, int at, double[] y, int to) {
    for (int o = 0; o < PLACE; o++) {
      y[to + o] += factor * x[at + o];
    }
  }
}
