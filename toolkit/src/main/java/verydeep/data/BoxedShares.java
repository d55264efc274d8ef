package verydeep.data;

import java.util.Arrays;
import java.util.Comparator;
import verydeep.VerydeepException;

/** Splits images in two, so that every combination of classes has its share in both parts. */
final class BoxedShares {

  private BoxedShares() {}

  /** Splits the images, taking them in the given shuffled order. */
  static Split<BoxedImages> of(BoxedImages images, int[] order, double fraction) {
    boolean[] first = first(images, order, fraction);
    BoxedImages training = images.where(i -> first[i]);
    BoxedImages validation = images.where(i -> !first[i]);
    if (training.size() == 0 || validation.size() == 0) {
      throw new VerydeepException(
          "A split at %s would leave a part empty: %s.".formatted(fraction, images));
    }
    return new Split<>(training, validation);
  }

  /**
   * Returns which images belong to the first part: sorted by what they show, they are taken at
   * regular intervals.
   */
  private static boolean[] first(BoxedImages images, int[] order, double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new VerydeepException(
          "The training fraction is " + fraction + "; it must be greater than 0 and less than 1.");
    }
    int[] sorted =
        Arrays.stream(order)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> key(images, i))) // stable
            .mapToInt(Integer::intValue)
            .toArray();
    boolean[] first = new boolean[order.length];
    for (int j = 0; j < sorted.length; j++) {
      first[sorted[j]] = Math.floor((j + 1) * fraction + 0.5) > Math.floor(j * fraction + 0.5);
    }
    return first;
  }

  private static String key(BoxedImages images, int i) {
    return String.join("\n", images.annotated(i).names());
  }
}
