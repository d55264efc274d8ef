package verydeep.data;

import java.nio.FloatBuffer;

/**
 * Turns a decoded image into planes of floats in one pass: only the pixels the crop needs are
 * resampled, and no intermediate image is created. Equivalent to rescaling, cropping, flipping,
 * shifting and preprocessing in sequence. Belongs to one thread.
 */
final class Example {
  private final int window;
  private final Preprocessing preprocessing;
  private final ColorStatistics colors;
  private final Resampling resampling = new Resampling();

  /** Creates it; without {@code colors}, which may be null, colors do not shift. */
  Example(int window, Preprocessing preprocessing, ColorStatistics colors) {
    this.window = window;
    this.preprocessing = preprocessing;
    this.colors = colors;
  }

  /** Writes 3 x window x window values, starting at {@code at}. */
  void write(RgbImage image, Draw draw, FloatBuffer buffer, int at) {
    byte[] rgb = crop(image, draw);
    preprocessing.write(rgb, window, window, draw.flipped(), shift(draw), buffer, at);
  }

  /** Writes an example's levels and the values they map to. */
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
