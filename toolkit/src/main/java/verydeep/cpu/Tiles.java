package verydeep.cpu;

import verydeep.network.MapShape;

/**
 * The tiles of a batch: a map of outputs is cut into squares, picture by picture and row by row.
 *
 * @param outputs the map of outputs of one picture, before pooling
 * @param side rows and columns of outputs in a tile
 * @param pictures how many pictures
 */
record Tiles(MapShape outputs, int side, int pictures) {

  private int rows() {
    return (outputs.height() + side - 1) / side;
  }

  private int columns() {
    return (outputs.width() + side - 1) / side;
  }

  int perPicture() {
    return rows() * columns();
  }

  int count() {
    return Math.multiplyExact(pictures, perPicture());
  }

  int picture(int tile) {
    return tile / perPicture();
  }

  /** The first row of outputs of a tile. */
  int row(int tile) {
    return tile % perPicture() / columns() * side;
  }

  /** How many tiles there are from a tile to the end of its row, with it. */
  int leftInRow(int tile) {
    return columns() - tile % columns();
  }

  /** The first column of outputs of a tile. */
  int column(int tile) {
    return tile % perPicture() % columns() * side;
  }
}
