package verydeep.data;

import java.nio.FloatBuffer;

/**
 * From a decoded picture to planes of floats in one go: only those pixels are resampled that the
 * crop needs, and no picture is made in between. Equal to rescale, crop, mirror, shift and
 * preprocess one after the other. Belongs to one thread.
 */
final class Example {
  private final int window;
  private final Preprocessing preprocessing;
  private final ColorStatistics colors;
  private final Resampling resampling = new Resampling();

  /** Colours may be null, then they do not shift. */
  Example(int window, Preprocessing preprocessing, ColorStatistics colors) {
    this.window = window;
    this.preprocessing = preprocessing;
    this.colors = colors;
  }

  /** Writes 3 x window x window values from {@code at} on. */
  void write(Picture picture, Draw draw, FloatBuffer buffer, int at) {
    byte[] rgb = crop(picture, draw);
    preprocessing.write(rgb, window, window, draw.mirrored(), shift(draw), buffer, at);
  }

  /** Writes an example's levels and what they become. */
  void write(Picture picture, Draw draw, Levels levels, int example) {
    byte[] rgb = crop(picture, draw);
    int at = example * 3 * window * window;
    preprocessing.writeLevels(rgb, window, window, draw.mirrored(), levels.bytes(), at);
    preprocessing.writeTables(shift(draw), levels.tables(), example * 3 * Levels.COUNT);
  }

  private Rgb shift(Draw draw) {
    return colors == null ? Rgb.ZERO : colors.shift(draw.a1(), draw.a2(), draw.a3());
  }

  private byte[] crop(Picture picture, Draw draw) {
    int smallest = picture.smallestSide();
    int width = Picture.rescaled(picture.width(), draw.scale(), smallest);
    int height = Picture.rescaled(picture.height(), draw.scale(), smallest);
    return resampling.window(
        picture.rgb(),
        picture.width(),
        picture.height(),
        width,
        height,
        draw.left(width, window),
        draw.top(height, window),
        window,
        window);
  }
}
