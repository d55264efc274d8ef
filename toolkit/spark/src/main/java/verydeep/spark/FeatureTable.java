package verydeep.spark;

import java.util.List;
import verydeep.data.Skipped;

/**
 * Features that executors have written as Parquet: a row for each image, with the columns {@code
 * index, file, class, features, unreadable, arithmetic}.
 *
 * @param folder where they are
 * @param images the number of rows
 * @param unreadable the images that have a reason in place of features
 * @param arithmetic what computed them; empty if this call found all of them done
 * @param seconds the time of the parts that this call has done, all executors together
 * @param parts the number of these parts
 */
public record FeatureTable(
    String folder,
    int images,
    List<Skipped> unreadable,
    String arithmetic,
    double seconds,
    int parts) {

  /** Copies the list. */
  public FeatureTable {
    unreadable = List.copyOf(unreadable);
  }

  /** Rows, unreadable images, arithmetic, time. */
  @Override
  public String toString() {
    return "%,d rows, %,d of them unreadable, in %s; %d parts done now in %.0f s of executors%s"
        .formatted(
            images,
            unreadable.size(),
            folder,
            parts,
            seconds,
            arithmetic.isEmpty() ? "" : ", by " + arithmetic);
  }
}
