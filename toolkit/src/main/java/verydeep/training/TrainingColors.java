package verydeep.training;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import verydeep.data.ColorStatistics;
import verydeep.data.ColorSums;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.internal.jobs.WorkJob;

/**
 * The color statistics of a set too large for one call of {@link ColorStatistics#of(Images)}: what
 * was done is kept in a folder, the set can be shared among machines, and images that cannot be
 * read can be left out.
 *
 * <pre>{@code
 * println(TrainingColors.of(images).folder("target/colors").run().statistics());
 * }</pre>
 *
 * @param sums the sums over all pixels
 * @param images the number of images that they are of
 * @param skipped the images that could not be read, with the reasons
 */
public record TrainingColors(ColorSums sums, int images, List<Skipped> skipped) {

  /**
   * Copies the list.
   *
   * @param sums the sums over all pixels
   * @param images the number of images that they are of
   * @param skipped the images that could not be read, with the reasons
   */
  public TrainingColors {
    Objects.requireNonNull(sums, "sums");
    skipped = List.copyOf(skipped);
  }

  /**
   * Starts with the default settings.
   *
   * @param images what a network is to be trained on
   * @return a builder
   */
  public static TrainingColorsBuilder of(Images images) {
    return new TrainingColorsBuilder(
        Objects.requireNonNull(images, "images"), false, null, false, WorkJob.PAUSE_NANOS);
  }

  /**
   * Computes the mean color and its covariance, with the bits of {@link
   * ColorStatistics#of(Images)}.
   *
   * @return the statistics of all pixels
   * @throws verydeep.VerydeepException if no image could be read
   */
  public ColorStatistics statistics() {
    return sums.statistics();
  }

  /** Returns how many images there are, how many were skipped, and their mean color. */
  @Override
  public String toString() {
    String left = skipped.isEmpty() ? "" : ", %,d skipped".formatted(skipped.size());
    return String.format(Locale.ROOT, "%,d images%s: %s", images, left, sums);
  }
}
