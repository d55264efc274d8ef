package verydeep.internal.images;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Interleaved 8-bit pixels as planes of one channel each, row by row. */
public final class Planes {

  /** The number of levels of a channel. */
  public static final int LEVELS = 256;

  private Planes() {}

  /** Returns the value that each level maps to: {@code (level * scale - mean) / deviation}. */
  public static float[] values(double shift, double scale, double mean, double deviation) {
    float[] values = new float[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      values[level] = (float) (((level + shift) * scale - mean) / deviation);
    }
    return values;
  }

  /** Writes the values of a channel's levels, starting at {@code at}, flipped or not. */
  public static void write(
      byte[] rgb,
      int width,
      int height,
      int channel,
      boolean flipped,
      float[] values,
      FloatBuffer plane,
      int at) {
    float[] row = new float[width];
    int first = flipped ? width - 1 : 0;
    int step = flipped ? -1 : 1;
    for (int y = 0; y < height; y++) {
      int p = 3 * y * width + channel;
      for (int i = 0, x = first; i < width; i++, x += step, p += 3) {
        row[x] = values[rgb[p] & 0xff];
      }
      plane.put(at + y * width, row, 0, width);
    }
  }

  /** Writes a channel's levels, starting at {@code at}, flipped or not. */
  public static void writeLevels(
      byte[] rgb, int width, int height, int channel, boolean flipped, ByteBuffer plane, int at) {
    byte[] row = new byte[width];
    int first = flipped ? width - 1 : 0;
    int step = flipped ? -1 : 1;
    for (int y = 0; y < height; y++) {
      int p = 3 * y * width + channel;
      for (int i = 0, x = first; i < width; i++, x += step, p += 3) {
        row[x] = rgb[p];
      }
      plane.put(at + y * width, row, 0, width);
    }
  }
}
