package verydeep.internal.cpu;

/**
 * The rows of a group of a layer's tiles: B' d B of {@link Winograd} for each channel, or the
 * window itself where the form is direct. The forward pass multiplies them by weights, the gradient
 * of the weights multiplies them by the gradients of the outputs.
 */
final class TileRows {

  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = GemmKernel.LANES;
  private static final int DEPTH = GemmKernel.DEPTH;
  private static final int ROWS = GemmKernel.ROWS;

  private final Winograd form;
  private final int depth;
  private final int padding;
  private final Maps in;
  private final Tiles tiles;
  private final int products;
  private final int slabs;

  /**
   * Describes the rows.
   *
   * @param panels the weights, whose form and depth the rows have
   * @param padding the zeros at each edge of the map
   * @param in the maps
   * @param tiles the tiles
   */
  TileRows(Panels panels, int padding, Maps in, Tiles tiles) {
    this.form = panels.form();
    this.depth = panels.depth();
    this.padding = padding;
    this.in = in;
    this.tiles = tiles;
    this.products = panels.products();
    this.slabs = (depth + DEPTH - 1) / DEPTH;
  }

  /** Returns the bytes of a tile's rows. */
  int bytes() {
    return 4 * products * slabs * DEPTH;
  }

  /** Returns how many numbers the rows of a group take after {@link GemmKernel#FIRST}. */
  int size(int group) {
    return products * product(group);
  }

  /**
   * Returns the distance between products; not a multiple of a page, so that they do not share
   * cache lines.
   */
  private int product(int group) {
    return slabs * slab(group) + LANES;
  }

  private static int slab(int group) {
    return padded(group) * DEPTH;
  }

  /** Returns how many rows a slab has, with those that fill up the last block of rows. */
  static int padded(int group) {
    return (group + ROWS - 1) / ROWS * ROWS;
  }

  /** Returns where the slab of a channel begins for a product. */
  int at(int product, int channel, int group) {
    return FIRST + product * product(group) + channel / DEPTH * slab(group);
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
  void fill(int first, int from, int to, int group, float[] rows, float[] scratch) {
    int step = form.outputs() * in.pixel();
    for (int plane = 0; plane < in.planes(); plane++) {
      for (int t = from; t < to; ) {
        int tile = first + t;
        int count = Math.min(to - t, tiles.leftInRow(tile));
        int x =
            in.at(
                tiles.image(tile), plane, tiles.row(tile) - padding, tiles.column(tile) - padding);
        for (int i = 0; i < count; i++, t++, x += step) {
          transform(x, plane * in.pixel(), t, group, rows, scratch);
        }
      }
    }
  }

  /** Produces the rows of a tile's channels in a plane. */
  private void transform(int x, int channel, int t, int group, float[] rows, float[] scratch) {
    float[] maps = in.data();
    int product = product(group);
    int row = in.row();
    int pixel = in.pixel();
    for (int c = 0; c < pixel && channel + c < depth; c += LANES) {
      int k = channel + c;
      int at = at(0, k, group) + t * DEPTH + k % DEPTH;
      if (form.tile() == 6 && form.outputs() > 1) {
        InputKernel.four(maps, x + c, row, pixel, rows, at, product);
      } else if (form.outputs() == 2 && form.tile() == 8) {
        WindowKernel.input(maps, x + c, row, pixel, rows, at, product, scratch);
      } else if (form.outputs() == 2) {
        InputKernel.two(maps, x + c, row, pixel, rows, at, product, scratch);
      } else {
        copy(x + c, rows, at, product);
      }
    }
  }

  private void copy(int x, float[] rows, int at, int product) {
    int kernel = form.tile();
    for (int p = 0; p < kernel * kernel; p++) {
      int from = x + p / kernel * in.row() + p % kernel * in.pixel();
      InputKernel.copy(in.data(), from, rows, at + p * product);
    }
  }
}
