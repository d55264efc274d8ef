package verydeep.spark;

import java.util.List;
import verydeep.data.Skipped;

/**
 * Features that executors have written as Parquet: a row for each image, with the columns {@code
 * index, file, class, features, unreadable, arithmetic}.
 *
 * @param folder where they are
 * @param images the number of rows
 * @param unreadable the images that have a reason in place of features, in order
 * @param arithmetic what computed them; empty if this call found all of them done
 * @param times what the parts that this call has done took
 */
public record FeatureTable(
    String folder, int images, List<Skipped> unreadable, String arithmetic, PartTimes times) {

  /** Copies the list. */
  public FeatureTable {
    unreadable = List.copyOf(unreadable);
  }

  /** Rows, unreadable images, what this call has done, arithmetic. */
  @Override
  public String toString() {
    return "%,d rows, %,d of them unreadable, in %s; done now: %s%s"
        .formatted(
            images,
            unreadable.size(),
            folder,
            times,
            arithmetic.isEmpty() ? "" : "; by " + arithmetic);
  }
}
