package verydeep.internal.cpu;

import java.util.Arrays;

/**
 * The gradient of a fully connected layer with respect to its inputs: {@code dx[k][n] = sum over o
 * of w[k][o] dy[o][n]}, with the windows n of all images in the lanes of a vector.
 */
final class InputGradient {

  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = GemmKernel.LANES;
  private static final int COLUMNS = GemmKernel.COLUMNS;
  private static final int DEPTH = GemmKernel.DEPTH;

  private final Panels panels;
  private final int windows;
  private final float[] turned;

  /**
   * Receives the gradients of 8 inputs: of each, a vector of windows. Those past the last input may
   * be anything.
   */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes gradients.
     *
     * @param position the position of the inputs in the window
     * @param channel the first of 8 channels
     * @param window the first window
     * @param values a vector for each channel
     * @param at the first vector
     */
    void take(int position, int channel, int window, float[] values, int at);
  }

  /** Gives the gradients of the outputs. */
  @FunctionalInterface
  interface Source {
    /** Returns where the gradients of a block of outputs of a window begin. */
    int at(int block, int window);
  }

  /**
   * Prepares the gradients of the outputs.
   *
   * @param panels the layer's weights, in the direct form
   * @param windows the number of windows
   * @param gradient the gradients of the outputs
   * @param source where they are
   * @param team the threads that share the work
   * @param workspace the memory to work in
   */
  InputGradient(
      Panels panels, int windows, float[] gradient, Source source, Team team, Workspace workspace) {
    this.panels = panels;
    this.windows = windows;
    turned = workspace.shared(panels.blocks() * COLUMNS * step());
    team.run(panels.blocks(), (block, member) -> turn(gradient, block, source));
  }

  private int step() {
    return (windows + LANES - 1) / LANES * LANES;
  }

  /** Writes a block of gradients, windows x outputs, as outputs x windows. */
  private void turn(float[] gradient, int block, Source source) {
    int first = FIRST + block * COLUMNS * step();
    Arrays.fill(turned, first, first + COLUMNS * step(), 0);
    int outputs = Math.min(COLUMNS, panels.outputs() - block * COLUMNS);
    for (int window = 0; window < windows; window++) {
      int from = source.at(block, window);
      for (int o = 0; o < outputs; o++) {
        turned[first + o * step() + window] = gradient[from + o];
      }
    }
  }

  /**
   * Computes the gradients. The positions of a window come in order, one after the other, for each
   * group of channels, so that a sink may add up those of windows that overlap.
   *
   * @param sink receives them, from several threads, which have channels of their own
   */
  void inOrder(Sink sink, Team team, Workspace workspace) {
    team.run(
        slabs(),
        (slab, member) -> {
          for (int p = 0; p < panels.products(); p++) {
            slab(p, slab, sink, workspace.sums(member, DEPTH * LANES));
          }
        });
  }

  /**
   * Computes the gradients in any order, with more pieces of work to share.
   *
   * @param sink receives them, from several threads, which have positions and channels of their own
   */
  void inAnyOrder(Sink sink, Team team, Workspace workspace) {
    team.run(
        panels.products() * slabs(),
        (index, member) ->
            slab(index / slabs(), index % slabs(), sink, workspace.sums(member, DEPTH * LANES)));
  }

  private int slabs() {
    return (panels.depth() + DEPTH - 1) / DEPTH;
  }

  private void slab(int p, int slab, Sink sink, float[] sums) {
    int from = slab * DEPTH;
    int to = Math.min(panels.depth(), from + DEPTH);
    for (int window = 0; window < windows; window += LANES) {
      sum(p, from, to, window, sums);
      for (int k = from; k < to; k += ColumnKernel.INPUTS) {
        sink.take(p, k, window, sums, FIRST + (k - from) * LANES);
      }
    }
  }

  /** Sums over all outputs for the inputs of a slab and a vector of windows. */
  private void sum(int p, int from, int to, int window, float[] sums) {
    Arrays.fill(sums, FIRST, FIRST + DEPTH * LANES, 0);
    for (int block = 0; block < panels.blocks(); block++) {
      int w = panels.at(block, p);
      int d = FIRST + block * COLUMNS * step() + window;
      for (int k = from; k < to; k += ColumnKernel.INPUTS) {
        int m = FIRST + (k - from) * LANES;
        ColumnKernel.multiplyAdd(panels.numbers(), w + k * COLUMNS, turned, d, step(), sums, m);
      }
    }
  }
}
