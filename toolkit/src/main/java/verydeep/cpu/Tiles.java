package verydeep.cpu;

import verydeep.network.MapShape;

/**
 * The tiles of a batch: a map of outputs is cut into squares, image by image and row by row.
 *
 * @param outputs the map of outputs of one image, before pooling
 * @param side rows and columns of outputs in a tile
 * @param images how many images
 */
record Tiles(MapShape outputs, int side, int images) {

  private int rows() {
    return (outputs.height() + side - 1) / side;
  }

  private int columns() {
    return (outputs.width() + side - 1) / side;
  }

  int perImage() {
    return rows() * columns();
  }

  int count() {
    return Math.multiplyExact(images, perImage());
  }

  int image(int tile) {
    return tile / perImage();
  }

  /** The first row of outputs of a tile. */
  int row(int tile) {
    return tile % perImage() / columns() * side;
  }

  /** How many tiles there are from a tile to the end of its row, with it. */
  int leftInRow(int tile) {
    return columns() - tile % columns();
  }

  /** The first column of outputs of a tile. */
  int column(int tile) {
    return tile % perImage() % columns() * side;
  }
}
