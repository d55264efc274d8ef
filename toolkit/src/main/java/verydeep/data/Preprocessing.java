package verydeep.data;

import java.nio.FloatBuffer;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.internal.images.Planes;

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
    for (int plane = 0; plane < 3; plane++) {
      Planes.write(
          image.rgb(),
          image.width(),
          image.height(),
          order.channel(plane),
          false,
          values(plane, Rgb.ZERO),
          buffer,
          at + plane * size / 3);
    }
    buffer.position(at + size);
  }

  /**
   * Returns what the levels of a plane become.
   *
   * @param plane 0, 1 or 2
   * @param shift added to the levels, in units of 0-255, before all else
   * @return the input value of each of the 256 levels
   */
  public float[] values(int plane, Rgb shift) {
    int channel = order.channel(plane);
    return Planes.values(
        shift.channel(channel), scale, mean.channel(channel), deviation.channel(channel));
  }

  /** The order of a network's three input planes. */
  public enum ChannelOrder {
    /** Red, green, blue: the order of torchvision. */
    RGB,
    /** Blue, green, red: the order of Caffe, and so of the authors' released weights. */
    BGR;

    /**
     * Returns the channel that a plane holds.
     *
     * @param plane 0, 1 or 2
     * @return 0 for red, 1 for green, 2 for blue
     */
    public int channel(int plane) {
      return this == RGB ? plane : 2 - plane;
    }
  }
}
