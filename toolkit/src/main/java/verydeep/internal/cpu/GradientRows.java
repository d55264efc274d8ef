package verydeep.internal.cpu;

/**
 * The gradients of a group of tiles with respect to their products, A dy A' of {@link Winograd}, as
 * rows for {@link OuterKernel}: the counterpart of {@link TileRows}. Where the form is direct, all
 * products share the gradients themselves.
 */
final class GradientRows {

  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = GemmKernel.LANES;
  private static final int COLUMNS = GemmKernel.COLUMNS;

  private final Winograd form;
  private final Maps gradient;
  private final Tiles tiles;
  private final int products;

  /**
   * Describes the rows.
   *
   * @param form the form of the layer
   * @param gradient the gradients of the layer's outputs, zero on their borders
   * @param tiles the tiles
   */
  GradientRows(Winograd form, Maps gradient, Tiles tiles) {
    this.form = form;
    this.gradient = gradient;
    this.tiles = tiles;
    this.products = form.outputs() == 1 ? 1 : form.products();
  }

  /** Returns the bytes of a tile's rows. */
  int bytes() {
    return 4 * products * gradient.planes() * COLUMNS;
  }

  /** Returns how many numbers the rows of a group take after {@link GemmKernel#FIRST}. */
  int size(int group) {
    return products * product(group);
  }

  private int product(int group) {
    return gradient.planes() * group * COLUMNS + LANES;
  }

  /** Returns where the rows of a group begin for a product and a block of outputs. */
  int at(int product, int block, int group) {
    return FIRST + (products == 1 ? 0 : product) * product(group) + block * group * COLUMNS;
  }

  /**
   * Produces rows from the maps: {@code [product][block][tile][32]}.
   *
   * @param first the group's first tile
   * @param from the first tile to do, counted within the group
   * @param to one past the last tile
   * @param group the number of tiles in the group
   * @param rows receives the rows
   * @param scratch 24 vectors
   */
  void fill(int first, int from, int to, int group, float[] rows, float[] scratch) {
    for (int block = 0; block < gradient.planes(); block++) {
      int used = GemmKernel.used(gradient.shape().channels() - block * COLUMNS);
      for (int t = from; t < to; t++) {
        int tile = first + t;
        int y = gradient.at(tiles.image(tile), block, tiles.row(tile), tiles.column(tile));
        transform(y, at(0, block, group) + t * COLUMNS, product(group), used, rows, scratch);
      }
    }
  }

  private void transform(int y, int at, int product, int used, float[] rows, float[] scratch) {
    float[] maps = gradient.data();
    int row = gradient.row();
    int pixel = gradient.pixel();
    for (int c = 0; c < used; c += LANES) {
      if (form.outputs() == 4) {
        GradientKernel.four(maps, y + c, row, pixel, rows, at + c, product, scratch);
      } else if (form.outputs() == 2 && form.tile() == 6) {
        FiveKernel.gradient(maps, y + c, row, pixel, rows, at + c, product, scratch);
      } else if (form.outputs() == 2) {
        GradientKernel.two(maps, y + c, row, pixel, rows, at + c, product, scratch);
      } else {
        InputKernel.copy(maps, y + c, rows, at + c);
      }
    }
  }
}
