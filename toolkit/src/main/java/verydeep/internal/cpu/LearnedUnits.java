package verydeep.internal.cpu;

import java.util.Arrays;

/**
 * A fully connected layer in training, for some images together. Forward, z = w x + b; backward, dw
 * is the sum over images of x dz, and dx = w' dz.
 *
 * <p>Inputs are rows as {@link TileRows} produces them, {@code [position][depth / 64][image][64]};
 * outputs and their gradients are {@code [outputs / 32][image][32]}.
 */
final class LearnedUnits {

  private static final int FIRST = GemmKernel.FIRST;
  private static final int COLUMNS = GemmKernel.COLUMNS;
  private static final int DEPTH = GemmKernel.DEPTH;

  /** The longest sum computed in one go, as in testing. */
  private static final int LONGEST_SUM = ConvolutionStep.LONGEST_SUM;

  private final LearnedWeights weights;
  private final Panels panels;
  private boolean begun;

  LearnedUnits(LearnedWeights weights) {
    this.weights = weights;
    this.panels = weights.panels();
  }

  LearnedWeights weights() {
    return weights;
  }

  /** Returns how many numbers the outputs of some images take. */
  int size(int images) {
    return FIRST + panels.blocks() * images * COLUMNS;
  }

  /**
   * Writes z.
   *
   * @param x the inputs
   * @param rows where the inputs of a product and a channel are
   * @param images the number of images, a multiple of {@link GemmKernel#ROWS}; those that are not
   *     there may hold anything
   * @param z receives the outputs
   */
  void forward(float[] x, Rows rows, int images, float[] z, Team team, Workspace workspace) {
    int block = images * COLUMNS;
    team.run(
        panels.blocks(),
        (index, member) -> {
          float[] sums = workspace.sums(member, block);
          int at = FIRST + index * block;
          Arrays.fill(z, at, at + block, 0);
          Arrays.fill(sums, FIRST, FIRST + block, 0);
          int length = 0;
          for (int p = 0; p < panels.products(); p++) {
            for (int k = 0; k < panels.depth(); k += DEPTH) {
              int part = Math.min(DEPTH, panels.depth() - k);
              int u = panels.at(index, p) + k * COLUMNS;
              GemmKernel.multiplyAdd(
                  x, rows.at(p, k), images, panels.numbers(), u, sums, FIRST, part, COLUMNS);
              length += part;
              if (length >= LONGEST_SUM) {
                addAndClear(sums, z, at, block);
                length = 0;
              }
            }
          }
          addAndClear(sums, z, at, block);
          addBias(z, at, images, index * COLUMNS);
        });
  }

  /** Where the inputs of a position and a channel are. */
  @FunctionalInterface
  interface Rows {
    int at(int position, int channel);
  }

  private static void addAndClear(float[] sums, float[] z, int at, int count) {
    for (int i = 0; i < count; i++) {
      z[at + i] += sums[FIRST + i];
    }
    Arrays.fill(sums, FIRST, FIRST + count, 0);
  }

  private void addBias(float[] z, int at, int images, int first) {
    float[] bias = weights.bias();
    for (int i = 0; i < images; i++) {
      for (int c = 0; c < COLUMNS; c++) {
        z[at + i * COLUMNS + c] += bias[first + c];
      }
    }
  }

  /** Starts the sums of a step. */
  void begin() {
    begun = false;
  }

  /**
   * Adds the gradients of the weights and biases.
   *
   * @param x the inputs
   * @param rows where they are
   * @param images the number of images that are there
   * @param dz the gradients of the outputs
   * @param space the images that dz has room for
   */
  void addGradient(float[] x, Rows rows, int images, float[] dz, int space, Team team) {
    if (!weights.learns()) {
      return;
    }
    OuterKernel.Into into = begun ? OuterKernel.Into.CHAIN : OuterKernel.Into.NEW;
    team.run(
        panels.blocks(),
        (block, member) -> {
          int d = FIRST + block * space * COLUMNS;
          if (weights.biasesLearn()) {
            OuterKernel.sum(dz, d, images, weights.biasGradient(), block * COLUMNS, into);
          }
          if (weights.weightsLearn()) {
            addGradient(block, x, rows, images, dz, d, into);
          }
        });
    begun = true;
  }

  private void addGradient(
      int block, float[] x, Rows rows, int images, float[] dz, int d, OuterKernel.Into into) {
    float[] gradient = weights.gradient();
    for (int p = 0; p < panels.products(); p++) {
      for (int k = 0; k < panels.depth(); k += OuterKernel.INPUTS) {
        int v = rows.at(p, k / DEPTH * DEPTH) + k % DEPTH;
        int m = panels.at(block, p) + k * COLUMNS;
        OuterKernel.sum(x, v, dz, d, images, gradient, m, COLUMNS, into);
      }
    }
  }

  /**
   * Computes the gradients of the inputs.
   *
   * @param dz the gradients of the outputs
   * @param space the images that dz has room for
   * @param images the number of images that are there
   * @param sink receives them, from several threads
   */
  void inputGradient(
      float[] dz, int space, int images, InputGradient.Sink sink, Team team, Workspace workspace) {
    InputGradient.Source source = (block, image) -> FIRST + (block * space + image) * COLUMNS;
    new InputGradient(panels, images, dz, source, team, workspace)
        .inAnyOrder(sink, team, workspace);
  }
}
