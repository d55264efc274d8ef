package verydeep.benchmarks;

import java.util.Random;
import verydeep.internal.images.Levels;

/** Images of noise for cards. */
public final class Noise {

  private Noise() {}

  /** Fills images with random levels, and their tables with the levels less about their mean. */
  public static void fill(Levels levels) {
    Random random = new Random(1);
    for (int i = 0; i < levels.bytes().capacity(); i++) {
      levels.bytes().put(i, (byte) random.nextInt());
    }
    for (int i = 0; i < levels.tables().capacity(); i++) {
      levels.tables().put(i, i % Levels.COUNT - 128);
    }
  }
}
