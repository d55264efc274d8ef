package verydeep.cpu;

import java.util.Arrays;

/**
 * The work for a group of tiles of one layer: rows from the maps, sums from the rows, outputs from
 * the sums.
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
  private final boolean relu;
  private final boolean pool;
  private final Maps in;
  private final Maps out;
  private final Tiles tiles;
  private final int side;
  private final int tile;
  private final int products;
  private final int depth;
  private final int slabs;

  TileWork(
      Panels panels,
      float[] bias,
      int padding,
      boolean relu,
      boolean pool,
      Maps in,
      Maps out,
      Tiles tiles) {
    this.panels = panels;
    this.bias = bias;
    this.padding = padding;
    this.relu = relu;
    this.pool = pool;
    this.in = in;
    this.out = out;
    this.tiles = tiles;
    this.side = panels.form().outputs();
    this.tile = panels.form().tile();
    this.products = panels.products();
    this.depth = panels.depth();
    this.slabs = (depth + DEPTH - 1) / DEPTH;
  }

  /** Returns the bytes of a tile's rows. */
  int rowBytes() {
    return 4 * products * slabs * DEPTH;
  }

  /** Returns how many numbers the rows of a group take. */
  int rowsSize(int group) {
    return products * product(group);
  }

  /**
   * Returns the distance between products in the rows; not a multiple of a page, so that they do
   * not share cache lines.
   */
  private int product(int group) {
    return slabs * slab(group) + LANES;
  }

  private static int slab(int group) {
    return (group + ROWS - 1) / ROWS * ROWS * DEPTH;
  }

  /**
   * Produces rows from the maps: {@code [product][depth / 64][tile][64]}.
   *
   * @param first the group's first tile
   * @param from the first tile to do, counted within the group
   * @param to one past the last tile
   * @param group the number of tiles in the group
   * @param rows receives the rows
   * @param scratch 64 vectors
   */
  void rows(int first, int from, int to, int group, float[] rows, float[] scratch) {
    int step = side * in.pixel();
    for (int plane = 0; plane < (panels.gathered() ? 1 : in.planes()); plane++) {
      for (int t = from; t < to; ) {
        int tile = first + t;
        int count = Math.min(to - t, tiles.leftInRow(tile));
        int x =
            in.at(
                tiles.image(tile), plane, tiles.row(tile) - padding, tiles.column(tile) - padding);
        for (int i = 0; i < count; i++, t++, x += step) {
          if (panels.gathered()) {
            gather(x, rows, FIRST + t * DEPTH);
          } else {
            transform(x, plane * in.pixel(), t, group, rows, scratch);
          }
        }
      }
    }
  }

  /** Produces the rows of a tile's channels in a plane. */
  private void transform(int x, int channel, int t, int group, float[] rows, float[] scratch) {
    float[] maps = in.data();
    int product = product(group);
    for (int c = 0; c < in.pixel() && channel + c < depth; c += LANES) {
      int k = channel + c;
      int at = FIRST + k / DEPTH * slab(group) + t * DEPTH + k % DEPTH;
      if (side == 4) {
        InputKernel.four(maps, x + c, in.row(), in.pixel(), rows, at, product, scratch);
      } else if (side == 2 && tile == 8) {
        WindowKernel.input(maps, x + c, in.row(), in.pixel(), rows, at, product, scratch);
      } else if (side == 2) {
        InputKernel.two(maps, x + c, in.row(), in.pixel(), rows, at, product, scratch);
      } else {
        copy(x + c, rows, at, product);
      }
    }
  }

  private void gather(int x, float[] rows, int at) {
    int kernel = panels.form().tile();
    int channels = in.shape().channels();
    if (in.pixel() == channels) {
      InputKernel.window(in.data(), x, in.row(), kernel, kernel * channels, rows, at);
      return;
    }
    for (int p = 0; p < kernel * kernel; p++) {
      int from = x + p / kernel * in.row() + p % kernel * in.pixel();
      System.arraycopy(in.data(), from, rows, at + p * channels, channels);
    }
  }

  private void copy(int x, float[] rows, int at, int product) {
    int kernel = panels.form().tile();
    for (int p = 0; p < kernel * kernel; p++) {
      int from = x + p / kernel * in.row() + p % kernel * in.pixel();
      InputKernel.copy(in.data(), from, rows, at + p * product);
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
        int u = panels.at(block, p) + k * COLUMNS;
        int v = FIRST + p * product(group) + k / DEPTH * slab(group);
        int m = FIRST + (p * parts + k / longest) * sum;
        int part = Math.min(DEPTH, depth - k);
        GemmKernel.multiplyAdd(rows, v, padded, panels.numbers(), u, sums, m, part);
      }
    }
    for (int t = 0; t < group; ) {
      int tile = first + t;
      int count = Math.min(group - t, tiles.leftInRow(tile));
      int at = FIRST + t * COLUMNS;
      if (side == 1) {
        pixels(block, tile, count, sums, at, sum, products * parts);
      } else if (!tiles(block, tile, count, sums, at, sum, workspace, member)) {
        notFinite[tiles.image(tile)] = true;
      }
      t += count;
    }
  }

  /** Writes some pixels of a row, where a tile is a pixel. */
  private void pixels(int block, int tile, int count, float[] sums, int at, int sum, int products) {
    float floor = relu ? 0 : Float.NEGATIVE_INFINITY;
    int to = out.at(tiles.image(tile), block, tiles.row(tile), tiles.column(tile));
    int pixel = out.pixel();
    float[] y = out.data();
    for (int c = 0; c < COLUMNS; c += LANES) {
      int b = block * COLUMNS + c;
      if (products == 1) {
        OutputKernel.pixels(sums, at + c, count, bias, b, floor, y, to + c, pixel);
      } else {
        for (int i = 0; i < count; i++) {
          int from = at + i * COLUMNS + c;
          int target = to + i * pixel + c;
          OutputKernel.sum(sums, from, sum, products, bias, b, floor, y, target);
        }
      }
    }
  }

  /** Writes the outputs of some tiles of a row and returns whether all are finite. */
  private boolean tiles(
      int block,
      int tile,
      int count,
      float[] sums,
      int at,
      int sum,
      Workspace workspace,
      int member) {
    int step = pool ? 2 : 1;
    int reach = side / step;
    int row = tiles.row(tile) / step;
    int column = tiles.column(tile) / step;
    int height = Math.min(reach, out.shape().height() - row);
    int to = out.at(tiles.image(tile), block, row, column);
    float[] scratch = workspace.scratch(member);
    boolean finite = true;
    for (int i = 0; i < count; i++) {
      int width = Math.min(reach, out.shape().width() - column - i * reach);
      for (int c = 0; c < COLUMNS; c += LANES) {
        int from = at + i * COLUMNS + c;
        int bias = block * COLUMNS + c;
        int target = to + i * reach * out.pixel() + c;
        if (height == reach && width == reach) {
          finite &=
              outputs(sums, from, sum, bias, scratch, out.data(), target, out.row(), out.pixel());
        } else {
          float[] whole = workspace.outputs(member);
          finite &= outputs(sums, from, sum, bias, scratch, whole, FIRST, reach * LANES, LANES);
          for (int k = 0; k < height * width; k++) {
            int pixel = k / width * reach + k % width;
            int target2 = target + k / width * out.row() + k % width * out.pixel();
            InputKernel.copy(whole, FIRST + pixel * LANES, out.data(), target2);
          }
        }
      }
    }
    return finite;
  }

  private boolean outputs(
      float[] sums,
      int at,
      int sum,
      int biasAt,
      float[] scratch,
      float[] y,
      int yAt,
      int row,
      int pixel) {
    if (side == 4 && pool) {
      return OutputKernel.fourPooled(sums, at, sum, scratch, bias, biasAt, y, yAt, row, pixel);
    } else if (pool) {
      return OutputKernel.twoPooled(sums, at, sum, scratch, bias, biasAt, y, yAt);
    }
    float floor = relu ? 0 : Float.NEGATIVE_INFINITY;
    if (side == 4) {
      return OutputKernel.four(sums, at, sum, scratch, bias, biasAt, floor, y, yAt, row, pixel);
    }
    return tile == 8
        ? WindowKernel.output(sums, at, sum, scratch, bias, biasAt, floor, y, yAt, row, pixel)
        : OutputKernel.two(sums, at, sum, scratch, bias, biasAt, floor, y, yAt, row, pixel);
  }
}
