package verydeep.data;

import java.nio.FloatBuffer;

/**
 * From a decoded image to planes of floats in one go: only those pixels are resampled that the crop
 * needs, and no image is made in between. Equal to rescale, crop, mirror, shift and preprocess one
 * after the other. Belongs to one thread.
 */
final class Example {
  private final int window;
  private final Preprocessing preprocessing;
  private final ColorStatistics colors;
  private final Resampling resampling = new Resampling();

  /** Colors may be null, then they do not shift. */
  Example(int window, Preprocessing preprocessing, ColorStatistics colors) {
    this.window = window;
    this.preprocessing = preprocessing;
    this.colors = colors;
  }

  /** Writes 3 x window x window values from {@code at} on. */
  void write(RgbImage image, Draw draw, FloatBuffer buffer, int at) {
    byte[] rgb = crop(image, draw);
    preprocessing.write(rgb, window, window, draw.flipped(), shift(draw), buffer, at);
  }

  /** Writes an example's levels and what they become. */
  void write(RgbImage image, Draw draw, Levels levels, int example) {
    byte[] rgb = crop(image, draw);
    int at = example * 3 * window * window;
    preprocessing.writeLevels(rgb, window, window, draw.flipped(), levels.bytes(), at);
    preprocessing.writeTables(shift(draw), levels.tables(), example * 3 * Levels.COUNT);
  }

  private Rgb shift(Draw draw) {
    return colors == null ? Rgb.ZERO : colors.shift(draw.a1(), draw.a2(), draw.a3());
  }

  private byte[] crop(RgbImage image, Draw draw) {
    int smallest = image.smallestSide();
    int width = RgbImage.rescaled(image.width(), draw.scale(), smallest);
    int height = RgbImage.rescaled(image.height(), draw.scale(), smallest);
    return resampling.window(
        image.rgb(),
        image.width(),
        image.height(),
        width,
        height,
        draw.left(width, window),
        draw.top(height, window),
        window,
        window);
  }
}
