package verydeep.data;

import java.util.Arrays;
import java.util.Comparator;
import verydeep.VerydeepException;

/** Divides images in two, so that every combination of classes has its share on both sides. */
final class BoxedShares {

  private BoxedShares() {}

  /** Divides them in an order, which is one of all images, shuffled. */
  static Split<BoxedImages> of(BoxedImages images, int[] order, double fraction) {
    boolean[] first = first(images, order, fraction);
    BoxedImages training = images.where(i -> first[i]);
    BoxedImages validation = images.where(i -> !first[i]);
    if (training.size() == 0 || validation.size() == 0) {
      throw new VerydeepException(
          "split at %s, a part would be empty; of %s".formatted(fraction, images));
    }
    return new Split<>(training, validation);
  }

  /** Which images belong to the first part: every so manieth of those sorted by what they show. */
  private static boolean[] first(BoxedImages images, int[] order, double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new VerydeepException(
          "the training fraction lies between 0 and 1, both excluded, got " + fraction);
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
