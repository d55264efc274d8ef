package verydeep.data;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Objects;
import verydeep.VerydeepException;

/**
 * The conversion of 8-bit pixels to a network's input: {@code (pixel * scale - mean) / deviation},
 * as three planes (section 2.1: "the only preprocessing we do is subtracting the mean RGB value").
 *
 * @param order the order of the planes
 * @param scale what pixels in 0-255 are multiplied by: 1 or 1/255
 * @param mean subtracted after scaling; always given as red, green, blue
 * @param deviation what the difference is divided by; always given as red, green, blue
 */
public record Preprocessing(ChannelOrder order, double scale, Rgb mean, Rgb deviation) {
  private static final Rgb ONE = new Rgb(1, 1, 1);

  /**
   * Checks that scale and deviations are positive.
   *
   * @param order the order of the planes
   * @param scale what pixels in 0-255 are multiplied by: 1 or 1/255
   * @param mean subtracted after scaling; always given as red, green, blue
   * @param deviation what the difference is divided by; always given as red, green, blue
   */
  public Preprocessing {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(mean, "mean");
    boolean positive = deviation.red() > 0 && deviation.green() > 0 && deviation.blue() > 0;
    if (!(scale > 0) || Double.isInfinite(scale) || !positive) {
      throw new VerydeepException(
          "The scale is %s and the deviation %s; both must be positive and finite."
              .formatted(scale, deviation));
    }
  }

  /**
   * Returns the paper's preprocessing: RGB planes in 0-255, minus the mean.
   *
   * @param mean the mean of the training set in 0-255; see {@link ColorStatistics#mean()}
   * @return the preprocessing
   */
  public static Preprocessing paper(Rgb mean) {
    return new Preprocessing(ChannelOrder.RGB, 1, mean, ONE);
  }

  /**
   * {@return the preprocessing of the authors' released weights: BGR planes in 0-255, minus (B, G,
   * R) 103.939, 116.779, 123.68}
   */
  public static Preprocessing caffe() {
    return new Preprocessing(ChannelOrder.BGR, 1, new Rgb(123.68, 116.779, 103.939), ONE);
  }

  /**
   * {@return the preprocessing of torchvision's weights: RGB planes in 0-1, minus ImageNet's mean,
   * divided by its deviation}
   */
  public static Preprocessing torchvision() {
    return new Preprocessing(
        ChannelOrder.RGB, 1 / 255.0, new Rgb(0.485, 0.456, 0.406), new Rgb(0.229, 0.224, 0.225));
  }

  /**
   * Writes an image as three planes of {@code height * width} float32, row by row (CHW), at the
   * buffer's position, and advances the position past them.
   *
   * @param image an image of any size
   * @param buffer where the numbers go
   * @throws VerydeepException if fewer than {@code 3 * height * width} elements remain
   */
  public void write(RgbImage image, FloatBuffer buffer) {
    int size = 3 * image.width() * image.height();
    if (buffer.remaining() < size) {
      throw new VerydeepException(
          "An image of %d x %d needs %d elements, but the buffer has %d remaining."
              .formatted(image.width(), image.height(), size, buffer.remaining()));
    }
    int at = buffer.position();
    write(image.rgb(), image.width(), image.height(), false, Rgb.ZERO, buffer, at);
    buffer.position(at + size);
  }

  /**
   * Writes interleaved pixels starting at {@code at}, flipped or not, shifted in units of 0-255.
   */
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

  /** Writes interleaved pixels as planes of levels starting at {@code at}, flipped or not. */
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

  /** Writes the values that the levels of the three planes map to, starting at {@code at}. */
  void writeTables(Rgb shift, FloatBuffer tables, int at) {
    for (int plane = 0; plane < 3; plane++) {
      int channel = order.channel(plane);
      tables.put(at + plane * Levels.COUNT, values(channel, shift.channel(channel)));
    }
  }

  /** Returns the value each of the 256 levels of a channel maps to. */
  private float[] values(int channel, double shift) {
    float[] values = new float[256];
    for (int level = 0; level < 256; level++) {
      double scaled = (level + shift) * scale;
      values[level] = (float) ((scaled - mean.channel(channel)) / deviation.channel(channel));
    }
    return values;
  }

  /** The order of a network's three input planes. */
  public enum ChannelOrder {
    /** Red, green, blue: the order of torchvision. */
    RGB,
    /** Blue, green, red: the order of Caffe, and so of the authors' released weights. */
    BGR;

    /** Returns the channel, from 0 for red to 2 for blue, that plane 0, 1 or 2 holds. */
    int channel(int plane) {
      return this == RGB ? plane : 2 - plane;
    }
  }
}
