package verydeep.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import verydeep.internal.jobs.NetworkTime;
import verydeep.internal.jobs.TimedJob;
import verydeep.jobs.Job;

/**
 * Dense testing and crops of the same images, each in its own folder, and the mean of both. One
 * network is open at a time, as the two may not fit into memory.
 */
record PairJob<R>(TimedJob<R> dense, TimedJob<R> crops, Function<List<R>, R> mean)
    implements TimedJob<R> {

  static Path dense(Path folder) {
    return folder.resolve("dense");
  }

  static Path crops(Path folder) {
    return folder.resolve("multi-crop");
  }

  @Override
  public int size() {
    return dense.size();
  }

  @Override
  public Job.Part part(int index, int parts) {
    return new PairPart(this, dense.part(index, parts), crops.part(index, parts));
  }

  private record PairPart(PairJob<?> of, Job.Part dense, Job.Part crops) implements Job.Part {

    @Override
    public int run(Path folder) {
      int first = dense.run(PairJob.dense(folder));
      of.dense.close();
      int second = crops.run(PairJob.crops(folder));
      of.crops.close();
      return Math.max(first, second);
    }

    @Override
    public boolean isDone(Path folder) {
      return dense.isDone(PairJob.dense(folder)) && crops.isDone(PairJob.crops(folder));
    }

    /** Which images both have. */
    @Override
    public String toString() {
      return "dense: " + dense + "; crops: " + crops;
    }
  }

  @Override
  public R join(Path folder) {
    return mean.apply(List.of(dense.join(dense(folder)), crops.join(crops(folder))));
  }

  @Override
  public NetworkTime networkTime() {
    return dense.networkTime().plus(crops.networkTime());
  }

  @Override
  public void close() {
    dense.close();
    crops.close();
  }
}
