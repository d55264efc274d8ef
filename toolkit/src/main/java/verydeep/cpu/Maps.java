package verydeep.cpu;

import java.util.Arrays;
import verydeep.network.Activations;
import verydeep.network.MapShape;

/**
 * A layer's output for some pictures, channels last and filled up to whole vectors, with a border
 * of zeros: two rows and columns before, for kernels up to 5x5, and behind as many more as tiles of
 * 4x4 outputs reach. So convolutions need no code for borders.
 *
 * @param data the numbers, shared with other maps
 * @param first where the first picture begins
 * @param pictures how many there are
 * @param shape of one picture's map
 * @param pixel distance between pixels
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose
record Maps(float[] data, int first, int pictures, MapShape shape, int pixel) {

  private static final int BORDER = 2;

  /** Numbers that a picture's map takes. */
  static int size(MapShape shape, int pixel) {
    return Math.multiplyExact(Math.multiplyExact(rows(shape.height()), rows(shape.width())), pixel);
  }

  private static int rows(int side) {
    return (side + 3) / 4 * 4 + 2 * BORDER;
  }

  /** Distance between rows. */
  int row() {
    return rows(shape.width()) * pixel;
  }

  /** Numbers that a picture takes. */
  int size() {
    return size(shape, pixel);
  }

  /** Where a pixel of a picture begins; rows and columns below 0 are the border. */
  int at(int picture, int row, int column) {
    return first + picture * size() + (row + BORDER) * row() + (column + BORDER) * pixel;
  }

  /** Some of the pictures. */
  Maps slice(int from, int count) {
    return new Maps(data, first + from * size(), count, shape, pixel);
  }

  /** Makes the border of a picture zero. */
  void clearBorder(int picture) {
    int from = first + picture * size();
    Arrays.fill(data, from, from + BORDER * row(), 0);
    for (int i = 0; i < shape.height(); i++) {
      int left = at(picture, i, -BORDER);
      Arrays.fill(data, left, left + BORDER * pixel, 0);
      Arrays.fill(data, at(picture, i, shape.width()), left + row(), 0);
    }
    Arrays.fill(data, at(picture, shape.height(), -BORDER), from + size(), 0);
  }

  /** Copies a picture's map to channels first, without border. */
  void copyTo(int picture, float[] target, int targetAt) {
    int places = shape.height() * shape.width();
    for (int i = 0; i < shape.height(); i++) {
      int at = at(picture, i, 0);
      for (int j = 0; j < shape.width(); j++) {
        int to = targetAt + i * shape.width() + j;
        for (int c = 0; c < shape.channels(); c++) {
          target[to + c * places] = data[at + c];
        }
        at += pixel;
      }
    }
  }

  /** In the toolkit's own form. */
  Activations activations(String layer, Team team) {
    int size = Math.toIntExact(shape.size());
    float[] values = new float[Math.multiplyExact(pictures, size)];
    team.run(pictures, (picture, member) -> copyTo(picture, values, picture * size));
    return new Activations(layer, pictures, shape, values);
  }
}
