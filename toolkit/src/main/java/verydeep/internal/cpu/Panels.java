package verydeep.internal.cpu;

import java.util.Arrays;
import verydeep.VerydeepException;

/**
 * The weights of a convolution or a fully connected layer, transformed once by G g G' of {@link
 * Winograd} and laid out as {@link GemmKernel} reads them: two vectors of numbers for each block of
 * two vectors of output channels, each product, and each input channel.
 */
final class Panels {

  /** The inputs whose kernels are transformed together, so that their numbers stay in the cache. */
  private static final int TOGETHER = 8;

  /**
   * The numbers per kernel position for them; not a power of two, so that positions do not share
   * cache lines.
   */
  private static final int PLACE = TOGETHER * GemmKernel.COLUMNS + 8;

  private final Winograd form;
  private final boolean gathered;
  private final int kernel;
  private final int inputs;
  private final int outputs;
  private final int depth;
  private final float[] numbers;

  /**
   * Lays out weights, or sums of the same shape, that training changes.
   *
   * @param form the form
   * @param gathered whether the whole window is one sum
   * @param inputs the number of input channels
   * @param outputs the number of output channels
   * @param depth the length of each sum; zeros fill up what the form does not need
   * @param numbers at least {@link #numbers(Winograd, boolean, int, int)} of them
   */
  Panels(Winograd form, boolean gathered, int inputs, int outputs, int depth, float[] numbers) {
    this.form = form;
    this.gathered = gathered;
    this.kernel = form.kernel();
    this.inputs = inputs;
    this.outputs = outputs;
    this.depth = depth;
    this.numbers = numbers;
  }

  /** Returns how many numbers weights take. */
  static int numbers(Winograd form, boolean gathered, int outputs, int depth) {
    int blocks = (outputs + GemmKernel.COLUMNS - 1) / GemmKernel.COLUMNS;
    long size = (long) blocks * GemmKernel.COLUMNS * depth * (gathered ? 1 : form.products());
    if (size > Integer.MAX_VALUE - 32) {
      throw new VerydeepException(
          "The weights of "
              + depth
              + " inputs and "
              + outputs
              + " outputs, "
              + form
              + ", do not fit into one array.");
    }
    return (int) size + GemmKernel.FIRST;
  }

  /**
   * Transforms the weights.
   *
   * @param form the form to transform them to
   * @param gathered whether the whole window is one sum, as for the few channels of an image
   * @param source the weights
   * @param team the threads that share the work
   */
  Panels(Winograd form, boolean gathered, WeightSource source, Team team) {
    this.form = form;
    this.gathered = gathered;
    this.kernel = source.kernel();
    this.inputs = source.inputs();
    this.outputs = source.outputs();
    this.depth = gathered ? inputs * kernel * kernel : inputs;
    // the gradient of the inputs reads them in whole groups
    int rest = (ColumnKernel.INPUTS - 1) * GemmKernel.COLUMNS;
    this.numbers = new float[numbers(form, gathered, outputs, depth) + rest];
    team.run(blocks(), (block, member) -> fill(block, source));
  }

  Winograd form() {
    return form;
  }

  int outputs() {
    return outputs;
  }

  /** Returns whether the whole window is one sum. */
  boolean gathered() {
    return gathered;
  }

  /** Returns the number of blocks of two vectors of output channels. */
  int blocks() {
    return (outputs + GemmKernel.COLUMNS - 1) / GemmKernel.COLUMNS;
  }

  /** Returns the number of sums the products are divided into. */
  int products() {
    return gathered ? 1 : form.products();
  }

  /** Returns the length of each sum. */
  int depth() {
    return depth;
  }

  /** Returns how many numbers a block has for a product. */
  private int panel() {
    return depth * GemmKernel.COLUMNS;
  }

  private int blockSize() {
    return Math.multiplyExact(products(), panel());
  }

  /** Returns where the weights of a block for a product begin. */
  int at(int block, int product) {
    return GemmKernel.FIRST + block * blockSize() + product * panel();
  }

  float[] numbers() {
    return numbers;
  }

  long bytes() {
    return 4L * numbers.length;
  }

  /** Fills a block in memory order; filling it output by output takes twice as long. */
  private void fill(int block, WeightSource source) {
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

  /** Writes the weights of some outputs untransformed. */
  private void spread(double[][] rows, int to) {
    int window = kernel * kernel;
    int step = inputs * GemmKernel.COLUMNS;
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
   * Writes G g G' of each input's kernel of some outputs, for a few inputs at a time, so that loops
   * over their numbers are long enough for the compiler to vectorize.
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

  /** Gathers the numbers of each position for some inputs and outputs. */
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
   * Multiplies G by columns of positions.
   *
   * @param x the columns
   * @param step the distance between the positions of a column
   * @param line the distance between columns
   * @param lines the number of columns
   * @param y receives columns with as many positions as G has rows
   * @param yStep the distance between their positions
   * @param yLine the distance between them
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
