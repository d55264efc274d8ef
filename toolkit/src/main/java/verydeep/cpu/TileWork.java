package verydeep.cpu;

import java.util.Arrays;

/**
 * What is done for a group of tiles of one layer: rows from the maps, sums from the rows, outputs
 * from the sums.
 */
final class TileWork {

  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = GemmKernel.LANES;
  private static final int COLUMNS = GemmKernel.COLUMNS;
  private static final int DEPTH = GemmKernel.DEPTH;
  private static final int ROWS = GemmKernel.ROWS;

  private final Panels panels;
  private final float[] bias;
  private final int padding;
  private final boolean rectify;
  private final boolean pool;
  private final Maps in;
  private final Maps out;
  private final Tiles tiles;
  private final int side;
  private final int products;
  private final int depth;
  private final int slabs;

  TileWork(
      Panels panels,
      float[] bias,
      int padding,
      boolean rectify,
      boolean pool,
      Maps in,
      Maps out,
      Tiles tiles) {
    this.panels = panels;
    this.bias = bias;
    this.padding = padding;
    this.rectify = rectify;
    this.pool = pool;
    this.in = in;
    this.out = out;
    this.tiles = tiles;
    this.side = panels.form().outputs();
    this.products = panels.products();
    this.depth = panels.depth();
    this.slabs = (depth + DEPTH - 1) / DEPTH;
  }

  /** Bytes of a tile's rows. */
  int rowBytes() {
    return 4 * products * slabs * DEPTH;
  }

  /** Numbers of the rows of a group. */
  int rowsSize(int group) {
    return products * product(group);
  }

  /** Distance between products in the rows; no multiple of a page, lest they share cache lines. */
  private int product(int group) {
    return slabs * slab(group) + LANES;
  }

  private static int slab(int group) {
    return (group + ROWS - 1) / ROWS * ROWS * DEPTH;
  }

  /**
   * Makes rows of the maps: {@code [product][depth / 64][tile][64]}.
   *
   * @param first the group's first tile
   * @param from the first tile to do, counted in the group
   * @param to behind the last
   * @param group tiles in the group
   * @param rows takes them
   * @param scratch 36 vectors
   */
  void rows(int first, int from, int to, int group, float[] rows, float[] scratch) {
    for (int t = from; t < to; t++) {
      int tile = first + t;
      int x = in.at(tiles.picture(tile), tiles.row(tile) - padding, tiles.column(tile) - padding);
      if (panels.gathered()) {
        gather(x, rows, FIRST + t * DEPTH);
        continue;
      }
      for (int c = 0; c < depth; c += LANES) {
        int at = FIRST + c / DEPTH * slab(group) + t * DEPTH + c % DEPTH;
        if (side == 4) {
          InputKernel.four(
              in.data(), x + c, in.row(), in.pixel(), rows, at, product(group), scratch);
        } else if (side == 2) {
          InputKernel.two(
              in.data(), x + c, in.row(), in.pixel(), rows, at, product(group), scratch);
        } else {
          copy(x + c, rows, at, product(group));
        }
      }
    }
  }

  private void gather(int x, float[] rows, int at) {
    int kernel = panels.form().tile();
    int channels = in.shape().channels();
    boolean dense = in.pixel() == channels;
    int length = dense ? kernel * channels : channels;
    float[] maps = in.data();
    int to = at;
    for (int i = 0; i < kernel; i++) {
      for (int j = 0; j < (dense ? 1 : kernel); j++) {
        int from = x + i * in.row() + j * in.pixel();
        for (int c = 0; c < length; c++) {
          rows[to + c] = maps[from + c];
        }
        to += length;
      }
    }
  }

  private void copy(int x, float[] rows, int at, int product) {
    int kernel = panels.form().tile();
    for (int i = 0; i < kernel; i++) {
      for (int j = 0; j < kernel; j++) {
        OutputKernel.store(
            in.data(), x + i * in.row() + j * in.pixel(), rows, at + (i * kernel + j) * product);
      }
    }
  }

  /** Multiplies a group's rows by a block of output channels and writes the outputs. */
  void block(
      int block,
      int first,
      int group,
      float[] rows,
      boolean[] notFinite,
      Workspace workspace,
      int member) {
    int longest = side == 1 ? ConvolutionStep.LONGEST_SUM : Integer.MAX_VALUE;
    int parts = side == 1 ? (depth + longest - 1) / longest : 1;
    int padded = slab(group) / DEPTH;
    int sum = padded * COLUMNS + LANES;
    float[] sums = workspace.sums(member, products * parts * sum);
    Arrays.fill(sums, FIRST, FIRST + products * parts * sum, 0);
    for (int p = 0; p < products; p++) {
      for (int k = 0; k < depth; k += DEPTH) {
        int u = panels.at(block, p) + k * LANES;
        int v = FIRST + p * product(group) + k / DEPTH * slab(group);
        int m = FIRST + (p * parts + k / longest) * sum;
        int part = Math.min(DEPTH, depth - k);
        for (int t = 0; t < padded; t += ROWS) {
          GemmKernel.multiplyAdd(
              rows,
              v + t * DEPTH,
              panels.numbers(),
              u,
              panels.panel(),
              sums,
              m + t * COLUMNS,
              part);
        }
      }
    }
    int channel = block * COLUMNS;
    if (side == 1 && products * parts == 1) {
      pixels(channel, first, group, sums);
      return;
    }
    for (int t = 0; t < group; t++) {
      for (int c = 0; c < COLUMNS && channel + c < out.pixel(); c += LANES) {
        outputs(
            first + t,
            channel + c,
            sums,
            FIRST + t * COLUMNS + c,
            sum,
            products * parts,
            notFinite,
            workspace.scratch(member),
            workspace.outputs(member));
      }
    }
  }

  /** A tile is a pixel, a sum its output: whole rows go out at once. */
  private void pixels(int channel, int first, int group, float[] sums) {
    int width = out.shape().width();
    for (int t = 0; t < group; ) {
      int tile = first + t;
      int count = Math.min(group - t, width - tiles.column(tile));
      int to = out.at(tiles.picture(tile), tiles.row(tile), tiles.column(tile)) + channel;
      for (int c = 0; c < COLUMNS && channel + c < out.pixel(); c += LANES) {
        OutputKernel.pixels(
            sums,
            FIRST + t * COLUMNS + c,
            count,
            bias,
            channel + c,
            rectify,
            out.data(),
            to + c,
            out.pixel());
      }
      t += count;
    }
  }

  private void outputs(
      int tile,
      int channel,
      float[] sums,
      int at,
      int sum,
      int count,
      boolean[] notFinite,
      float[] scratch,
      float[] outputs) {
    if (side == 4) {
      OutputKernel.four(sums, at, sum, scratch, outputs);
    } else if (side == 2) {
      OutputKernel.two(sums, at, sum, scratch, outputs);
    } else {
      OutputKernel.sum(sums, at, sum, count, outputs);
    }
    int picture = tiles.picture(tile);
    if (side > 1 && !OutputKernel.finite(outputs, side * side)) {
      notFinite[picture] = true;
    }
    OutputKernel.finish(outputs, side * side, bias, channel, rectify);
    int step = pool ? 2 : 1;
    int row = tiles.row(tile) / step;
    int column = tiles.column(tile) / step;
    int height = Math.min(side / step, out.shape().height() - row);
    int width = Math.min(side / step, out.shape().width() - column);
    for (int i = 0; i < height; i++) {
      int to = out.at(picture, row + i, column) + channel;
      for (int j = 0; j < width; j++) {
        int from = FIRST + (i * side + j) * step * LANES;
        if (pool) {
          OutputKernel.pool(outputs, from, side, out.data(), to + j * out.pixel());
        } else {
          OutputKernel.store(outputs, from, out.data(), to + j * out.pixel());
        }
      }
    }
  }
}
