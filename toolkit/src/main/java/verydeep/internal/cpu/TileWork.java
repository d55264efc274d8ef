package verydeep.internal.cpu;

/**
 * The work for a group of tiles of one layer: rows from the maps ({@link TileRows}), sums from the
 * rows, outputs from the sums.
 */
final class TileWork {

  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = GemmKernel.LANES;
  private static final int COLUMNS = GemmKernel.COLUMNS;
  private static final int DEPTH = GemmKernel.DEPTH;

  /** What becomes of the outputs before they are written. */
  enum After {
    /** Nothing. */
    NOTHING,

    /** A ReLU. */
    RELU,

    /** A ReLU and 2x2 max-pooling, for tiles of 2x2 or 4x4 outputs. */
    POOLING,

    /**
     * The ReLU's gradient: the outputs are the gradient with respect to the activations that the
     * map holds, and take their place, or 0 does where an activation is not above 0.
     */
    MASK
  }

  private final Panels panels;
  private final TileRows rows;
  private final float[] bias;
  private final After after;
  private final Maps out;
  private final Tiles tiles;
  private final int side;
  private final int tile;
  private final int products;
  private final int depth;

  TileWork(Panels panels, float[] bias, int padding, After after, Maps in, Maps out, Tiles tiles) {
    this.panels = panels;
    this.bias = bias;
    this.after = after;
    this.out = out;
    this.tiles = tiles;
    this.side = panels.form().outputs();
    this.tile = panels.form().tile();
    this.products = panels.products();
    this.depth = panels.depth();
    this.rows = new TileRows(panels, padding, in, tiles);
  }

  /** Returns the rows that {@link #block} multiplies. */
  TileRows rows() {
    return rows;
  }

  /** Returns the number of tiles. */
  int count() {
    return tiles.count();
  }

  /** Returns the number of blocks of output channels. */
  int blocks() {
    return panels.blocks();
  }

  /** Multiplies a group's rows by a block of output channels and writes the outputs. */
  void block(
      int block,
      int first,
      int group,
      float[] v,
      boolean[] notFinite,
      Workspace workspace,
      int member) {
    int longest = side == 1 ? ConvolutionStep.LONGEST_SUM : Integer.MAX_VALUE;
    int parts = side == 1 ? (depth + longest - 1) / longest : 1;
    int padded = TileRows.padded(group);
    int sum = padded * COLUMNS + LANES;
    float[] sums = workspace.sums(member, products * parts * sum);
    for (int p = 0; p < products; p++) {
      for (int k = 0; k < depth; k += DEPTH) {
        int u = panels.at(block, p) + k * COLUMNS;
        int at = rows.at(p, k, group);
        int m = FIRST + (p * parts + k / longest) * sum;
        int part = Math.min(DEPTH, depth - k);
        if (k % longest == 0) {
          GemmKernel.multiply(v, at, padded, panels.numbers(), u, sums, m, part, used(block));
        } else {
          GemmKernel.multiplyAdd(v, at, padded, panels.numbers(), u, sums, m, part, used(block));
        }
      }
    }
    for (int t = 0; t < group; ) {
      int tile = first + t;
      int count = Math.min(group - t, tiles.leftInRow(tile));
      int at = FIRST + t * COLUMNS;
      if (side == 1) {
        pixels(block, tile, count, sums, at, sum, products * parts, workspace.scratch(member));
      } else if (!tiles(block, tile, count, sums, at, sum, workspace, member)) {
        notFinite[tiles.image(tile)] = true;
      }
      t += count;
    }
  }

  /** Writes some pixels of a row, where a tile is a pixel. */
  private void pixels(
      int block,
      int tile,
      int count,
      float[] sums,
      int at,
      int sum,
      int products,
      float[] scratch) {
    float floor = floor();
    int to = out.at(tiles.image(tile), block, tiles.row(tile), tiles.column(tile));
    int pixel = out.pixel();
    float[] y = out.data();
    for (int c = 0; c < used(block); c += LANES) {
      int b = block * COLUMNS + c;
      if (after == After.MASK) {
        for (int i = 0; i < count; i++) {
          int from = at + i * COLUMNS + c;
          OutputKernel.sum(sums, from, sum, products, bias, b, floor, scratch, FIRST);
          MaskKernel.write(scratch, FIRST, y, to + i * pixel + c);
        }
      } else if (products == 1) {
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
    int step = after == After.POOLING ? 2 : 1;
    int reach = side / step;
    int row = tiles.row(tile) / step;
    int column = tiles.column(tile) / step;
    int height = Math.min(reach, out.shape().height() - row);
    int to = out.at(tiles.image(tile), block, row, column);
    float[] scratch = workspace.scratch(member);
    boolean finite = true;
    for (int i = 0; i < count; i++) {
      int width = Math.min(reach, out.shape().width() - column - i * reach);
      for (int c = 0; c < used(block); c += LANES) {
        int from = at + i * COLUMNS + c;
        int bias = block * COLUMNS + c;
        int target = to + i * reach * out.pixel() + c;
        if (height == reach && width == reach && after != After.MASK) {
          finite &=
              outputs(sums, from, sum, bias, scratch, out.data(), target, out.row(), out.pixel());
        } else {
          float[] whole = workspace.outputs(member);
          finite &= outputs(sums, from, sum, bias, scratch, whole, FIRST, reach * LANES, LANES);
          for (int k = 0; k < height * width; k++) {
            int pixel = k / width * reach + k % width;
            int target2 = target + k / width * out.row() + k % width * out.pixel();
            if (after == After.MASK) {
              MaskKernel.write(whole, FIRST + pixel * LANES, out.data(), target2);
            } else {
              InputKernel.copy(whole, FIRST + pixel * LANES, out.data(), target2);
            }
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
    if (side == 4 && after == After.POOLING) {
      return OutputKernel.fourPooled(sums, at, sum, scratch, bias, biasAt, y, yAt, row, pixel);
    } else if (tile == 6 && after == After.POOLING) {
      return FiveKernel.pooled(sums, at, sum, scratch, bias, biasAt, y, yAt);
    } else if (after == After.POOLING) {
      return OutputKernel.twoPooled(sums, at, sum, scratch, bias, biasAt, y, yAt);
    }
    float floor = floor();
    if (side == 4) {
      return OutputKernel.four(sums, at, sum, scratch, bias, biasAt, floor, y, yAt, row, pixel);
    }
    if (tile == 6) {
      return FiveKernel.output(sums, at, sum, scratch, bias, biasAt, floor, y, yAt, row, pixel);
    }
    return tile == 8
        ? WindowKernel.output(sums, at, sum, scratch, bias, biasAt, floor, y, yAt, row, pixel)
        : OutputKernel.two(sums, at, sum, scratch, bias, biasAt, floor, y, yAt, row, pixel);
  }

  /** Returns how many channels of a block are used; the others are neither read nor written. */
  private int used(int block) {
    return GemmKernel.used(panels.outputs() - block * COLUMNS);
  }

  private float floor() {
    return after == After.RELU ? 0 : Float.NEGATIVE_INFINITY;
  }
}
