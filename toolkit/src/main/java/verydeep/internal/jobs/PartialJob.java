package verydeep.internal.jobs;

import java.nio.file.Path;

/**
 * A job, the result for whose parts can be had before the others are done, to be written elsewhere.
 *
 * @param <R> the result, for all images or for those of a part
 */
public interface PartialJob<R> extends TimedJob<R> {

  /**
   * Returns the index of a part's first image; of {@code parts}, where the last one ends.
   *
   * @return an index, up to {@link #size()}
   */
  int begin(int index, int parts);

  /**
   * Returns the result for one part, which has been done in a folder.
   *
   * @throws verydeep.VerydeepException if images of it are missing, or it is of another job
   */
  PartialResult<R> result(Path folder, int index, int parts);
}
