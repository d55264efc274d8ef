package verydeep.internal.cpu;

import verydeep.network.MapShape;

/**
 * The tiles of a batch: the map of outputs is divided into squares, image by image and row by row.
 *
 * @param outputs the map of outputs of one image, before pooling
 * @param side the number of rows and columns of outputs in a tile
 * @param images the number of images
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

  /** Returns the first row of outputs of a tile. */
  int row(int tile) {
    return tile % perImage() / columns() * side;
  }

  /** Returns how many tiles there are from a tile to the end of its row, including it. */
  int leftInRow(int tile) {
    return columns() - tile % columns();
  }

  /** Returns the first column of outputs of a tile. */
  int column(int tile) {
    return tile % perImage() % columns() * side;
  }
}
