package verydeep.jobs;

import java.nio.file.Path;

/** One part of a {@link Job}: some of its images, in order. */
public interface JobPart {

  /**
   * Computes what the folder lacks of this part, and keeps it there. A part that was stopped or
   * killed goes on where it was; one that is done returns at once.
   *
   * @param folder created if missing; the parts of one job share it, and no other job does
   * @return the number of images that this call computed
   * @throws verydeep.VerydeepException if the folder cannot be used or holds parts of another job,
   *     and the message says what differs; or if this machine cannot run the arithmetic that the
   *     job has begun with
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was done
   *     is kept
   */
  int run(Path folder);

  /**
   * Computes what the folder lacks of this part.
   *
   * @param folder as {@link #run(Path)}
   * @return the number of images that this call computed
   */
  default int run(String folder) {
    return run(Path.of(folder));
  }

  /**
   * Returns whether a folder has the results for all of these images, so that {@link #run(Path)}
   * would compute none. Loads no network, and leaves the folder as it is.
   *
   * @param folder where the parts are
   * @return false also if there is no such folder
   * @throws verydeep.VerydeepException if it holds another job, and the message says what differs
   */
  boolean isDone(Path folder);
}
