package verydeep.internal.batches;

import java.nio.FloatBuffer;
import verydeep.data.ColorStatistics;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.internal.images.Levels;
import verydeep.internal.images.Planes;
import verydeep.internal.images.Resampling;
import verydeep.internal.images.SharedPixels;

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
    Rgb shift = shift(draw);
    for (int plane = 0; plane < 3; plane++) {
      Planes.write(
          rgb,
          window,
          window,
          preprocessing.order().channel(plane),
          draw.flipped(),
          preprocessing.values(plane, shift),
          buffer,
          at + plane * window * window);
    }
  }

  /** Writes an example's levels and the values they map to. */
  void write(RgbImage image, Draw draw, Levels levels, int example) {
    byte[] rgb = crop(image, draw);
    Rgb shift = shift(draw);
    for (int plane = 0; plane < 3; plane++) {
      int place = 3 * example + plane;
      int channel = preprocessing.order().channel(plane);
      Planes.writeLevels(
          rgb, window, window, channel, draw.flipped(), levels.bytes(), place * window * window);
      levels.tables().put(place * Planes.LEVELS, preprocessing.values(plane, shift));
    }
  }

  private Rgb shift(Draw draw) {
    return colors == null ? Rgb.ZERO : colors.shift(draw.a1(), draw.a2(), draw.a3());
  }

  private byte[] crop(RgbImage image, Draw draw) {
    int smallest = image.smallestSide();
    int width = RgbImage.rescaled(image.width(), draw.scale(), smallest);
    int height = RgbImage.rescaled(image.height(), draw.scale(), smallest);
    return resampling.window(
        SharedPixels.of(image),
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
