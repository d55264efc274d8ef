package verydeep.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.internal.images.RandomStreams;

/** Stratified splits and subsets, which keep every class's share. */
final class Stratification {
  private final Images images;
  private final int[] counts;

  Stratification(Images images) {
    this.images = images;
    this.counts = images.counts();
  }

  Split<Images> split(double fraction, long seed) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new VerydeepException(
          "The training fraction is " + fraction + "; it must be greater than 0 and less than 1.");
    }
    int[] quota = new int[counts.length];
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] < 2) {
        throw new VerydeepException(
            "The class %s has %d image(s) in %s; a split needs at least 2 of each class."
                .formatted(images.classes().get(label), counts[label], images.source()));
      }
      long share = Math.round(fraction * counts[label]);
      quota[label] = (int) Math.max(1, Math.min(counts[label] - 1, share));
    }
    boolean[] first = choose(quota, seed);
    return new Split<>(where(first, true), where(first, false));
  }

  /**
   * Takes n images, distributed over the classes by largest remainder, with at least one of each
   * class.
   */
  Images take(int n, long seed) {
    int classes = (int) Arrays.stream(counts).filter(count -> count > 0).count();
    if (n < classes || n > images.size()) {
      throw new VerydeepException(
          "Cannot take %d of %d images so that each of %d classes is included; they are from %s."
              .formatted(n, images.size(), classes, images.source()));
    }
    int[] quota = new int[counts.length];
    for (int label = 0; label < counts.length; label++) {
      long share = (long) n * counts[label] / images.size();
      quota[label] = (int) Math.max(Math.min(1, counts[label]), share);
    }
    for (int rest = n - Arrays.stream(quota).sum(); rest != 0; rest -= Integer.signum(rest)) {
      quota[furthest(quota, n, Integer.signum(rest))] += Integer.signum(rest);
    }
    return where(choose(quota, seed), true);
  }

  /**
   * Returns the class furthest below (direction 1) or above (direction -1) its share that can be
   * adjusted.
   */
  private int furthest(int[] quota, int n, int direction) {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < quota.length; label++) {
      double lack = direction * ((double) n * counts[label] / images.size() - quota[label]);
      boolean movable = direction > 0 ? quota[label] < counts[label] : quota[label] > 1;
      if (movable && lack > most) {
        best = label;
        most = lack;
      }
    }
    return best;
  }

  private boolean[] choose(int[] quota, long seed) {
    boolean[] chosen = new boolean[images.size()];
    for (int label = 0; label < quota.length; label++) {
      int wanted = label;
      int[] members =
          IntStream.range(0, images.size()).filter(i -> images.label(i) == wanted).toArray();
      RandomStreams.shuffle(members, RandomStreams.random(seed, label));
      for (int i = 0; i < quota[label]; i++) {
        chosen[members[i]] = true;
      }
    }
    return chosen;
  }

  private Images where(boolean[] chosen, boolean value) {
    return images.subset(
        IntStream.range(0, chosen.length).filter(i -> chosen[i] == value).toArray());
  }
}
