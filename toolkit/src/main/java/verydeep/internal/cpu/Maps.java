package verydeep.internal.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;
import verydeep.network.MapShape;

/**
 * A layer's output for some images: planes of a few channels each, and within a plane the pixels
 * row by row with their channels together. Reading or writing a row of tiles for some channels is
 * therefore sequential, which the processor can prefetch; with all channels of a pixel together,
 * the tiles' transformations took a third longer.
 *
 * <p>A plane has a border of zeros: two rows and columns before the map, for kernels up to 5x5, and
 * after it as many more as tiles of 4x4 outputs reach. Convolutions therefore need no code for
 * borders. The last plane is padded with channels of zeros. A plane has the channels of a block of
 * outputs, or half as many if a layer has no more.
 *
 * @param data the numbers, shared with other maps
 * @param first where the first image begins
 * @param images the number of images
 * @param shape the shape of one image's map
 * @param pixel the channels of a plane, which is the distance between its pixels
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose
record Maps(float[] data, int first, int images, MapShape shape, int pixel) {

  private static final int BORDER = 2;

  /** Returns the channels of a plane that holds a layer's outputs. */
  static int pixel(MapShape shape) {
    return GemmKernel.used(shape.channels());
  }

  /** Returns how many numbers an image's map of a layer's outputs takes. */
  static int size(MapShape shape) {
    return size(shape, pixel(shape));
  }

  /** Returns how many numbers an image's map takes. */
  static int size(MapShape shape, int pixel) {
    int planes = (shape.channels() + pixel - 1) / pixel;
    int side = Math.multiplyExact(rows(shape.height()), rows(shape.width()));
    return Math.multiplyExact(Math.multiplyExact(side, pixel), planes);
  }

  private static int rows(int side) {
    return (side + 3) / 4 * 4 + 2 * BORDER;
  }

  /** Returns the number of planes of an image. */
  int planes() {
    return (shape.channels() + pixel - 1) / pixel;
  }

  /** Returns the distance between rows. */
  int row() {
    return rows(shape.width()) * pixel;
  }

  /** Returns the distance between planes. */
  int plane() {
    return rows(shape.height()) * row();
  }

  /** Returns how many numbers an image takes. */
  private int size() {
    return planes() * plane();
  }

  /** Returns where a pixel of an image's plane begins; rows and columns below 0 are the border. */
  int at(int image, int plane, int row, int column) {
    return first
        + image * size()
        + plane * plane()
        + (row + BORDER) * row()
        + (column + BORDER) * pixel;
  }

  /** Returns a range of the images. */
  Maps slice(int from, int count) {
    return new Maps(data, first + from * size(), count, shape, pixel);
  }

  /** Copies maps of the same shape, with their borders. */
  void copyFrom(Maps other, Team team) {
    int plane = plane();
    team.run(
        images * planes(),
        (index, member) ->
            System.arraycopy(
                other.data, other.first + index * plane, data, first + index * plane, plane));
  }

  /** Sets the numbers to zero where those of other maps of the same shape are not above it. */
  void maskBy(Maps activations, Team team) {
    int rows = shape.height();
    int planes = planes();
    team.run(
        images * planes * rows,
        (index, member) -> {
          int image = index / rows / planes;
          int plane = index / rows % planes;
          int from = activations.at(image, plane, index % rows, 0);
          int to = at(image, plane, index % rows, 0);
          MaskKernel.mask(activations.data, from, data, to, shape.width() * pixel);
        });
  }

  /** Sets all numbers of all images to zero. */
  void clear(Team team) {
    int plane = plane();
    team.run(
        images * planes(),
        (index, member) ->
            Arrays.fill(data, first + index * plane, first + (index + 1) * plane, 0));
  }

  /** Sets the borders of all images to zero. */
  void clearBorders(Team team) {
    team.run(images * planes(), (index, member) -> clearBorder(index / planes(), index % planes()));
  }

  private void clearBorder(int image, int plane) {
    int from = at(image, plane, -BORDER, -BORDER);
    Arrays.fill(data, from, from + BORDER * row(), 0);
    for (int i = 0; i < shape.height(); i++) {
      int left = at(image, plane, i, -BORDER);
      Arrays.fill(data, left, left + BORDER * pixel, 0);
      Arrays.fill(data, at(image, plane, i, shape.width()), left + row(), 0);
    }
    Arrays.fill(data, at(image, plane, shape.height(), -BORDER), from + plane(), 0);
  }

  /**
   * Copies images' pixels, 3 x height x width each, to maps with 3 channels.
   *
   * @param pixels the pixels of all images
   * @param firstImage the first image to copy
   * @param team the threads that share the work
   */
  void copyFrom(FloatBuffer pixels, int firstImage, Team team) {
    int height = shape.height();
    int width = shape.width();
    team.run(
        images * height,
        (index, member) -> {
          int image = index / height;
          int row = index % height;
          float[] numbers = new float[width];
          for (int c = 0; c < 3; c++) {
            pixels.get((((firstImage + image) * 3 + c) * height + row) * width, numbers);
            int at = at(image, 0, row, 0) + c;
            for (int j = 0; j < width; j++) {
              data[at + 3 * j] = numbers[j];
            }
          }
        });
  }

  /** Copies an image's map with channels first, without the border. */
  void copyTo(int image, float[] target, int targetAt) {
    int places = shape.height() * shape.width();
    for (int from = 0; from < shape.channels(); from += pixel) {
      int channels = Math.min(pixel, shape.channels() - from);
      for (int i = 0; i < shape.height(); i++) {
        int at = at(image, from / pixel, i, 0);
        int to = targetAt + from * places + i * shape.width();
        for (int j = 0; j < shape.width(); j++) {
          for (int c = 0; c < channels; c++) {
            target[to + j + c * places] = data[at + j * pixel + c];
          }
        }
      }
    }
  }

  /** Adds numbers to an image's map, channels first. */
  void add(int image, float[] source, int sourceAt) {
    int places = shape.height() * shape.width();
    for (int from = 0; from < shape.channels(); from += pixel) {
      int channels = Math.min(pixel, shape.channels() - from);
      for (int i = 0; i < shape.height(); i++) {
        int to = at(image, from / pixel, i, 0);
        int at = sourceAt + from * places + i * shape.width();
        for (int j = 0; j < shape.width(); j++) {
          for (int c = 0; c < channels; c++) {
            data[to + j * pixel + c] += source[at + j + c * places];
          }
        }
      }
    }
  }
}
