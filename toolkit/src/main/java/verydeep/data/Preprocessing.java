package verydeep.data;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Objects;
import verydeep.VerydeepException;

/**
 * From 8-bit pixels to a network's input: {@code (pixel * scale - mean) / deviation}, as three
 * planes (section 2.1: "the only preprocessing we do is subtracting the mean RGB value").
 *
 * @param order which plane comes first
 * @param scale what 0-255 is multiplied by: 1, or 1/255
 * @param mean subtracted after scaling; given as red, green, blue whatever the order
 * @param deviation divides last; given as red, green, blue whatever the order
 */
public record Preprocessing(ChannelOrder order, double scale, Rgb mean, Rgb deviation) {
  private static final Rgb ONE = new Rgb(1, 1, 1);

  /**
   * Checks that scale and deviations are positive.
   *
   * @param order which plane comes first
   * @param scale what 0-255 is multiplied by: 1, or 1/255
   * @param mean subtracted after scaling; given as red, green, blue whatever the order
   * @param deviation divides last; given as red, green, blue whatever the order
   */
  public Preprocessing {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(mean, "mean");
    boolean positive = deviation.red() > 0 && deviation.green() > 0 && deviation.blue() > 0;
    if (!(scale > 0) || Double.isInfinite(scale) || !positive) {
      throw new VerydeepException(
          "scale %s and deviation %s must be positive".formatted(scale, deviation));
    }
  }

  /**
   * The paper's: RGB planes, 0-255, less the mean.
   *
   * @param mean of the training set in 0-255, see {@link ColorStatistics#mean()}
   * @return the preprocessing
   */
  public static Preprocessing paper(Rgb mean) {
    return new Preprocessing(ChannelOrder.RGB, 1, mean, ONE);
  }

  /**
   * {@return the preprocessing of the authors' released weights: BGR planes, 0-255, less (B, G, R)
   * 103.939, 116.779, 123.68}
   */
  public static Preprocessing caffe() {
    return new Preprocessing(ChannelOrder.BGR, 1, new Rgb(123.68, 116.779, 103.939), ONE);
  }

  /**
   * {@return the preprocessing of torchvision's weights: RGB planes, 0-1, less ImageNet's mean,
   * over its deviation}
   */
  public static Preprocessing torchvision() {
    return new Preprocessing(
        ChannelOrder.RGB, 1 / 255.0, new Rgb(0.485, 0.456, 0.406), new Rgb(0.229, 0.224, 0.225));
  }

  /**
   * Writes an image as three planes of {@code height * width} float32, row by row (CHW), at the
   * buffer's position, which then stands behind them.
   *
   * @param image of any size
   * @param buffer where the numbers go
   * @throws VerydeepException if fewer than {@code 3 * height * width} elements remain
   */
  public void write(RgbImage image, FloatBuffer buffer) {
    int size = 3 * image.width() * image.height();
    if (buffer.remaining() < size) {
      throw new VerydeepException(
          "an image of %d x %d needs %d elements, the buffer has %d left"
              .formatted(image.width(), image.height(), size, buffer.remaining()));
    }
    int at = buffer.position();
    write(image.rgb(), image.width(), image.height(), false, Rgb.ZERO, buffer, at);
    buffer.position(at + size);
  }

  /** Writes interleaved pixels from {@code at} on, flipped or not, shifted in 0-255 units. */
  void write(
      byte[] rgb, int width, int height, boolean flipped, Rgb shift, FloatBuffer buffer, int at) {
    float[] row = new float[width];
    int first = flipped ? width - 1 : 0;
    int step = flipped ? -1 : 1;
    for (int plane = 0; plane < 3; plane++) {
      int channel = order.channel(plane);
      float[] values = values(channel, shift.channel(channel));
      for (int y = 0; y < height; y++) {
        int p = 3 * y * width + channel;
        for (int i = 0, x = first; i < width; i++, x += step, p += 3) {
          row[x] = values[rgb[p] & 0xff];
        }
        buffer.put(at + (plane * height + y) * width, row, 0, width);
      }
    }
  }

  /** Writes interleaved pixels as planes of levels from {@code at} on, flipped or not. */
  void writeLevels(byte[] rgb, int width, int height, boolean flipped, ByteBuffer levels, int at) {
    byte[] row = new byte[width];
    int first = flipped ? width - 1 : 0;
    int step = flipped ? -1 : 1;
    for (int plane = 0; plane < 3; plane++) {
      int channel = order.channel(plane);
      for (int y = 0; y < height; y++) {
        int p = 3 * y * width + channel;
        for (int i = 0, x = first; i < width; i++, x += step, p += 3) {
          row[x] = rgb[p];
        }
        levels.put(at + (plane * height + y) * width, row, 0, width);
      }
    }
  }

  /** Writes what the levels of the three planes become from {@code at} on. */
  void writeTables(Rgb shift, FloatBuffer tables, int at) {
    for (int plane = 0; plane < 3; plane++) {
      int channel = order.channel(plane);
      tables.put(at + plane * Levels.COUNT, values(channel, shift.channel(channel)));
    }
  }

  /** What each of the 256 levels of a channel becomes. */
  private float[] values(int channel, double shift) {
    float[] values = new float[256];
    for (int level = 0; level < 256; level++) {
      double scaled = (level + shift) * scale;
      values[level] = (float) ((scaled - mean.channel(channel)) / deviation.channel(channel));
    }
    return values;
  }
}
