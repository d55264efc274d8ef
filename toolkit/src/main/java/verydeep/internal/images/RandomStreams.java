package verydeep.internal.images;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/** Random streams that depend only on their purpose, not on anything drawn before. */
public final class RandomStreams {
  private RandomStreams() {}

  /** Returns the stream for a seed and further numbers: an epoch, an index, a class. */
  public static SplittableRandom random(long seed, long... parts) {
    long key = mixed(seed);
    for (long part : parts) {
      key = mixed(key + 0x9e3779b97f4a7c15L * (part + 1));
    }
    return new SplittableRandom(key);
  }

  /** Returns the indices of some of a set's images, in order; all if there are fewer. */
  public static int[] some(int size, int n, long seed) {
    if (n < 1) {
      throw new VerydeepException(
          "Cannot draw %d of %d images; at least 1 is needed.".formatted(n, size));
    }
    return Arrays.stream(shuffled(size, seed)).limit(n).sorted().toArray();
  }

  /** Returns the indices of a set's images, shuffled. */
  public static int[] shuffled(int size, long seed) {
    int[] order = IntStream.range(0, size).toArray();
    shuffle(order, random(seed, 0));
    return order;
  }

  /** Shuffles in place; every order is equally likely. */
  public static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = (int) (random.nextDouble() * (i + 1));
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  /**
   * Applies Stafford's thirteenth mixer: each bit of the key flips half of the bits of the result
   * on average.
   */
  private static long mixed(long key) {
    long z = key;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
