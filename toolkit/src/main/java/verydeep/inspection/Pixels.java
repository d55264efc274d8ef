package verydeep.inspection;

import java.util.SplittableRandom;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;

/** An image that is being made: its levels from 0 to 255 as three planes, red, green and blue. */
final class Pixels {

  private static final int DARKEST = 96;
  private static final int NOISE = 64;

  private final int width;
  private final int height;
  private final float[] levels;

  private Pixels(int width, int height, float[] levels) {
    this.width = width;
    this.height = height;
    this.levels = levels;
  }

  static Pixels of(RgbImage image) {
    int places = image.width() * image.height();
    float[] levels = new float[3 * places];
    for (int i = 0; i < places; i++) {
      int x = i % image.width();
      int y = i / image.width();
      levels[i] = image.red(x, y);
      levels[places + i] = image.green(x, y);
      levels[2 * places + i] = image.blue(x, y);
    }
    return new Pixels(image.width(), image.height(), levels);
  }

  /** Around gray. */
  static Pixels noise(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] levels = new float[3 * width * height];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = DARKEST + random.nextInt(NOISE);
    }
    return new Pixels(width, height, levels);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The levels themselves, which change. */
  float[] levels() {
    return levels;
  }

  Pixels copy() {
    return new Pixels(width, height, levels.clone());
  }

  /** Brings levels that no image can have to the nearest that it can. */
  void clamp() {
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.max(0, Math.min(255, levels[i]));
    }
  }

  /**
   * The network's input, with all pixels moved; what leaves at one edge enters at the other.
   *
   * @param right columns to the right
   * @param down rows down
   */
  float[] input(Preprocessing preprocessing, int right, int down) {
    float[] input = new float[levels.length];
    int places = width * height;
    for (int plane = 0; plane < 3; plane++) {
      int channel = channel(preprocessing, plane);
      double mean = value(preprocessing.mean(), channel);
      double deviation = value(preprocessing.deviation(), channel);
      for (int i = 0; i < places; i++) {
        double level = levels[channel * places + i];
        double value = (level * preprocessing.scale() - mean) / deviation;
        input[plane * places + moved(i, right, down)] = (float) value;
      }
    }
    return input;
  }

  /** Adds to the gradient at the levels what follows from one at the network's input. */
  void addGradient(
      Preprocessing preprocessing, int right, int down, float[] atInput, float[] atLevels) {
    int places = width * height;
    for (int plane = 0; plane < 3; plane++) {
      int channel = channel(preprocessing, plane);
      double factor = preprocessing.scale() / value(preprocessing.deviation(), channel);
      for (int i = 0; i < places; i++) {
        double own = atInput[plane * places + moved(i, right, down)];
        atLevels[channel * places + i] += (float) (factor * own);
      }
    }
  }

  private int moved(int place, int right, int down) {
    int x = Math.floorMod(place % width + right, width);
    int y = Math.floorMod(place / width + down, height);
    return y * width + x;
  }

  private static int channel(Preprocessing preprocessing, int plane) {
    return preprocessing.order() == Preprocessing.ChannelOrder.RGB ? plane : 2 - plane;
  }

  private static double value(Rgb rgb, int channel) {
    return channel == 0 ? rgb.red() : channel == 1 ? rgb.green() : rgb.blue();
  }

  RgbImage image() {
    int places = width * height;
    byte[] rgb = new byte[levels.length];
    for (int i = 0; i < levels.length; i++) {
      int level = Math.round(Math.max(0, Math.min(255, levels[i])));
      rgb[3 * (i % places) + i / places] = (byte) level;
    }
    return RgbImage.of(width, height, rgb);
  }
}
