package verydeep.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/** Choices that keep every class's share. */
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
          "the training fraction lies between 0 and 1, both excluded, got " + fraction);
    }
    int[] quota = new int[counts.length];
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] < 2) {
        throw new VerydeepException(
            "class %s has %d image(s), a split needs at least 2 of each class; in %s"
                .formatted(images.classes().get(label), counts[label], images.source()));
      }
      long share = Math.round(fraction * counts[label]);
      quota[label] = (int) Math.max(1, Math.min(counts[label] - 1, share));
    }
    boolean[] first = choose(quota, seed);
    return new Split<>(where(first, true), where(first, false));
  }

  /** The first n by largest remainder, but at least one of each class. */
  Images take(int n, long seed) {
    int classes = (int) Arrays.stream(counts).filter(count -> count > 0).count();
    if (n < classes || n > images.size()) {
      throw new VerydeepException(
          "cannot take %d of %d images with every one of %d classes; from %s"
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

  /** The class that is furthest below (direction 1) or above (-1) its share and can be moved. */
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
