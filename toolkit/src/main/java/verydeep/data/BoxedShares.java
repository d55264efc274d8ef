package verydeep.data;

import java.util.Arrays;
import java.util.Comparator;

/** A share of pictures in which every combination of classes has its share. */
final class BoxedShares {

  private BoxedShares() {}

  /**
   * Which pictures belong to the share: every so manieth of those sorted by what they show.
   *
   * @param order all pictures, shuffled
   */
  static boolean[] first(BoxedImages images, int[] order, double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new DataException(
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
