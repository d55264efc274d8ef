package verydeep.transfer;

import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import verydeep.data.Images;
import verydeep.internal.jobs.JobOutcome;
import verydeep.internal.jobs.WorkJob;
import verydeep.jobs.Job;

/**
 * The extraction of some images' features in parts. The features of a part can be had before the
 * others are done, to be written elsewhere.
 */
public final class FeatureJob implements Job<Features> {

  private final Images images;
  private final BiFunction<Images, JobOutcome<ActivationPart>, Features> result;
  private final WorkJob<ActivationPart, Features> job;

  FeatureJob(
      FeatureWork work,
      BiFunction<Images, JobOutcome<ActivationPart>, Features> result,
      boolean quiet,
      long pause) {
    this.images = work.images();
    this.result = result;
    this.job = new WorkJob<>(work, all -> result.apply(images, all), quiet, pause);
  }

  @Override
  public int size() {
    return job.size();
  }

  @Override
  public Job.Part part(int index, int parts) {
    return job.part(index, parts);
  }

  /**
   * Returns the index of a part's first image.
   *
   * @param index the part's number; the number of parts for where the last one ends
   * @param parts the number of parts
   * @return an index, up to {@link #size()}
   */
  public int begin(int index, int parts) {
    return job.begin(index, parts);
  }

  /**
   * Returns the features of one part, which has been done in a folder.
   *
   * @param folder where the parts are
   * @param index the part's number
   * @param parts the number of parts
   * @return one vector for each image of the part
   * @throws verydeep.VerydeepException if images of it are missing, or it is of another job
   */
  public Features features(Path folder, int index, int parts) {
    Images some =
        images.subset(IntStream.range(begin(index, parts), begin(index + 1, parts)).toArray());
    return result.apply(some, job.outcome(folder, index, parts));
  }

  @Override
  public Features join(Path folder) {
    return job.join(folder);
  }

  @Override
  public void close() {
    job.close();
  }

  /** What is done, of how many images. */
  @Override
  public String toString() {
    return job.toString();
  }
}
