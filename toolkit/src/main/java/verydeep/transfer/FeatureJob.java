package verydeep.transfer;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import verydeep.data.Images;
import verydeep.internal.jobs.JobOutcome;
import verydeep.internal.jobs.NetworkTime;
import verydeep.internal.jobs.PartialJob;
import verydeep.internal.jobs.PartialResult;
import verydeep.internal.jobs.WorkJob;
import verydeep.jobs.Job;

/** The extraction of some images' features in parts. */
final class FeatureJob implements PartialJob<Features> {

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

  @Override
  public int begin(int index, int parts) {
    return job.begin(index, parts);
  }

  @Override
  public PartialResult<Features> result(Path folder, int index, int parts) {
    Images some =
        images.subset(IntStream.range(begin(index, parts), begin(index + 1, parts)).toArray());
    JobOutcome<ActivationPart> outcome = job.outcome(folder, index, parts);
    SortedMap<Integer, String> unreadable = outcome.content().unreadable();
    boolean none = unreadable.size() == some.size();
    return new PartialResult<>(
        none ? Optional.empty() : Optional.of(result.apply(some, outcome)), unreadable);
  }

  @Override
  public Features join(Path folder) {
    return job.join(folder);
  }

  @Override
  public NetworkTime networkTime() {
    return job.networkTime();
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
