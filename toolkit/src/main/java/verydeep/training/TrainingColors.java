package verydeep.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.data.ColorStatistics;
import verydeep.data.Images;
import verydeep.data.Rgb;
import verydeep.data.Skipped;
import verydeep.internal.images.ColorSums;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.jobs.WorkJob;
import verydeep.jobs.Job;

/**
 * The color statistics of a set too large for one call of {@link ColorStatistics#of(Images)}: what
 * was done is kept in a folder, the set can be shared among machines, and images that cannot be
 * read can be left out. Each method but {@link #run()} and {@link #job()} returns changed settings
 * and leaves these as they were.
 *
 * <pre>{@code
 * println(TrainingColors.of(images).folder("target/colors").run().statistics());
 * }</pre>
 */
public final class TrainingColors {

  private final Images images;
  private final boolean skipping;
  private final Path folder;
  private final boolean quiet;
  private final long pause;

  private TrainingColors(Images images, boolean skipping, Path folder, boolean quiet, long pause) {
    this.images = images;
    this.skipping = skipping;
    this.folder = folder;
    this.quiet = quiet;
    this.pause = pause;
  }

  /**
   * Starts with the default settings.
   *
   * @param images what a network is to be trained on
   * @return the settings
   */
  public static TrainingColors of(Images images) {
    Objects.requireNonNull(images, "images");
    return new TrainingColors(images, false, null, false, WorkJob.PAUSE_NANOS);
  }

  /**
   * Leaves out images that cannot be read.
   *
   * @return changed settings; by default the first such image is an error, and with this {@link
   *     Result#skipped()} lists them
   */
  public TrainingColors skippingUnreadable() {
    return new TrainingColors(images, true, folder, quiet, pause);
  }

  /**
   * Keeps the sums so far in a folder, so that a run that was stopped goes on where it was when it
   * is called again, and a finished one is given at once.
   *
   * @param folder created if missing; one run has it for itself
   * @return changed settings; by default nothing is kept
   */
  public TrainingColors folder(Path folder) {
    Objects.requireNonNull(folder, "folder");
    return new TrainingColors(images, skipping, folder, quiet, pause);
  }

  /**
   * Keeps the sums so far in a folder.
   *
   * @param folder as {@link #folder(Path)}
   * @return changed settings
   */
  public TrainingColors folder(String folder) {
    return folder(Path.of(folder));
  }

  /**
   * Shows no progress.
   *
   * @return changed settings; by default a progress line is shown
   */
  public TrainingColors quiet() {
    return new TrainingColors(images, skipping, folder, true, pause);
  }

  /** For tests: how often parts are kept, in nanoseconds. */
  TrainingColors pause(long nanos) {
    return new TrainingColors(images, skipping, folder, quiet, nanos);
  }

  /**
   * Decodes every image once, on several threads, and sums over its pixels.
   *
   * @return the statistics, how many images they are of, and which could not be read
   * @throws verydeep.data.UnreadableImageException if an image cannot be read, unless these are
   *     {@linkplain #skippingUnreadable() left out}
   * @throws verydeep.VerydeepException if the {@link #folder} cannot be used or holds another job
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; a {@link
   *     #folder} keeps what was done
   */
  public Result run() {
    return OwnThread.run(
        () -> {
          try (var job = work()) {
            return job.run(folder);
          }
        });
  }

  /**
   * Makes this a job, which can be done in parts on several machines. The folder of its parts is
   * given to them; {@link #folder} does not count.
   *
   * @return the job
   */
  public Job<Result> job() {
    return work();
  }

  private WorkJob<ColorPart, Result> work() {
    ColorWork work = new ColorWork(images, skipping);
    return new WorkJob<>(work, all -> new Result(work.located(all.content())), quiet, pause);
  }

  /** Returns the settings. */
  @Override
  public String toString() {
    return "colors of "
        + images
        + (skipping ? ", skipping unreadable ones" : "")
        + (folder == null ? "" : ", in " + folder);
  }

  /** The color statistics of a set, and the images that they are of. */
  public static final class Result {

    private final ColorPart all;

    private Result(ColorPart all) {
      this.all = all;
    }

    /**
     * Computes the mean color and its covariance, with the bits of {@link
     * ColorStatistics#of(Images)}.
     *
     * @return the statistics of all pixels
     * @throws VerydeepException if no image could be read
     */
    public ColorStatistics statistics() {
      ColorSums sums = all.sums();
      if (sums.pixels().signum() == 0) {
        throw new VerydeepException("Color statistics need at least one image; there is none.");
      }
      double[] mean = sums.mean();
      return ColorStatistics.of(new Rgb(mean[0], mean[1], mean[2]), sums.covariance());
    }

    /** {@return the number of images that the statistics are of} */
    public int images() {
      return all.images();
    }

    /** {@return the images that could not be read, with the reasons} */
    public List<Skipped> skipped() {
      return all.skipped();
    }

    /** Returns how many images there are, how many were skipped, and their mean color. */
    @Override
    public String toString() {
      String left = skipped().isEmpty() ? "" : ", %,d skipped".formatted(skipped().size());
      return String.format(Locale.ROOT, "%,d images%s: %s", images(), left, all.sums());
    }
  }
}
