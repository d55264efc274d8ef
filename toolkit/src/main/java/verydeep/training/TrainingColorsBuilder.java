package verydeep.training;

import java.nio.file.Path;
import java.util.Objects;
import verydeep.data.Images;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.jobs.WorkJob;
import verydeep.jobs.Job;

/**
 * How color statistics are computed, in any order; {@link #run()} does it. Each method returns
 * changed settings and leaves these as they were.
 */
public final class TrainingColorsBuilder {

  private final Images images;
  private final boolean skipping;
  private final Path folder;
  private final boolean quiet;
  private final long pause;

  TrainingColorsBuilder(Images images, boolean skipping, Path folder, boolean quiet, long pause) {
    this.images = images;
    this.skipping = skipping;
    this.folder = folder;
    this.quiet = quiet;
    this.pause = pause;
  }

  /**
   * Leaves out images that cannot be read.
   *
   * @return changed settings; by default the first such image is an error, and with this {@link
   *     TrainingColors#skipped()} lists them
   */
  public TrainingColorsBuilder skippingUnreadable() {
    return new TrainingColorsBuilder(images, true, folder, quiet, pause);
  }

  /**
   * Keeps the sums so far in a folder, so that a run that was stopped goes on where it was when it
   * is called again, and a finished one is given at once.
   *
   * @param folder created if missing; one run has it for itself
   * @return changed settings; by default nothing is kept
   */
  public TrainingColorsBuilder folder(Path folder) {
    Objects.requireNonNull(folder, "folder");
    return new TrainingColorsBuilder(images, skipping, folder, quiet, pause);
  }

  /**
   * Keeps the sums so far in a folder.
   *
   * @param folder as {@link #folder(Path)}
   * @return changed settings
   */
  public TrainingColorsBuilder folder(String folder) {
    return folder(Path.of(folder));
  }

  /**
   * Shows no progress.
   *
   * @return changed settings; by default a progress line is shown
   */
  public TrainingColorsBuilder quiet() {
    return new TrainingColorsBuilder(images, skipping, folder, true, pause);
  }

  /** For tests: how often parts are kept, in nanoseconds. */
  TrainingColorsBuilder pause(long nanos) {
    return new TrainingColorsBuilder(images, skipping, folder, quiet, nanos);
  }

  /**
   * Decodes every image once, on several threads, and sums over its pixels.
   *
   * @return the sums, from which the statistics follow
   * @throws verydeep.data.UnreadableImageException if an image cannot be read, unless these are
   *     {@linkplain #skippingUnreadable() left out}
   * @throws verydeep.VerydeepException if the {@link #folder} cannot be used or holds another job
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; a {@link
   *     #folder} keeps what was done
   */
  public TrainingColors run() {
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
  public Job<TrainingColors> job() {
    return work();
  }

  private WorkJob<TrainingColors, TrainingColors> work() {
    ColorWork work = new ColorWork(images, skipping);
    return new WorkJob<>(work, all -> all.content(), quiet, pause);
  }

  /** Returns the settings. */
  @Override
  public String toString() {
    return "colors of "
        + images
        + (skipping ? ", skipping unreadable ones" : "")
        + (folder == null ? "" : ", in " + folder);
  }
}
