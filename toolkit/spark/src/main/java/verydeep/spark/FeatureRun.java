package verydeep.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.internal.jobs.PartialJob;
import verydeep.jobs.Job;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;

/** An extraction of features on a cluster, and where they go. */
public final class FeatureRun {

  private final Cluster cluster;
  private final FeatureExtractor extractor;
  private final Images images;

  FeatureRun(Cluster cluster, FeatureExtractor extractor, Images images) {
    this.cluster = cluster;
    this.extractor = extractor;
    this.images = images;
  }

  /**
   * Joins the features on the driver.
   *
   * @return what {@code extractor.run(images)} gives
   * @throws VerydeepException as {@code extractor.run(images)}, also if an image cannot be read and
   *     the extractor does not leave such images out; or if an executor cannot do a part
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Features run() {
    try (Job<Features> job = extractor.quiet().job(images)) {
      ImageList list = ImageList.of(images);
      return cluster.done(new ClusterJob<>(job, list, new Shipped.Features(""), extractor::write));
    }
  }

  /**
   * Writes the features from the executors to a folder of Parquet files, with a row for each image:
   * the vectors of {@code extractor.skippingUnreadable().run(images)}, and for each image that this
   * leaves out the reason. The same call goes on where it was stopped; a folder has one extraction
   * for itself.
   *
   * @param folder a path that every machine sees, or a URI of Hadoop's file systems
   * @return what was written
   * @throws VerydeepException if no image can be read, the folder holds another extraction or
   *     cannot be used, or an executor cannot do a part
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public FeatureTable parquet(String folder) {
    FeatureExtractor skipping = extractor.quiet().skippingUnreadable();
    Path local = Folders.temporary();
    try (var job = (PartialJob<Features>) skipping.job(images)) {
      SharedFolder out = new SharedFolder(folder);
      ImageList list = ImageList.of(images);
      var work = new Shipped.Features(out.uri());
      return written(new ClusterJob<>(job, list, work, skipping::write), job, out, local);
    } finally {
      Folders.delete(local);
    }
  }

  private FeatureTable written(
      ClusterJob<Features> sent, PartialJob<Features> job, SharedFolder out, Path local) {
    FeatureFolder rows = new FeatureFolder(out, job);
    rows.begin(local, sent, cluster.parts(job.size()));
    SortedMap<Integer, String> unreadable = new TreeMap<>(rows.unreadable(cluster.spark()));
    List<PartOutcome> done = new ArrayList<>();
    List<Integer> lacking = rows.lacking();
    if (!lacking.isEmpty()) {
      SameArithmetic same = new SameArithmetic(rows.arithmetic());
      sent.send(
          cluster,
          local,
          rows.parts(),
          lacking,
          outcome -> {
            rows.keep(outcome, same);
            unreadable.putAll(outcome.unreadable());
            done.add(outcome);
          });
    }
    List<Skipped> skipped = skipped(unreadable);
    rows.finish();
    String arithmetic =
        done.stream()
            .map(PartOutcome::arithmetic)
            .filter(by -> !by.isEmpty())
            .findFirst()
            .orElse("");
    return new FeatureTable(
        out.uri(),
        images.size(),
        skipped,
        arithmetic,
        PartTimes.of(done.stream().map(PartOutcome::time).toList()));
  }

  private List<Skipped> skipped(Map<Integer, String> unreadable) {
    List<Skipped> skipped = new ArrayList<>();
    unreadable.forEach((i, reason) -> skipped.add(new Skipped(images.file(i), reason)));
    if (!skipped.isEmpty() && skipped.size() == images.size()) {
      throw new VerydeepException(
          "None of the %d images can be read, the first: %s: %s"
              .formatted(images.size(), images.name(0), skipped.get(0).reason()));
    }
    return skipped;
  }
}
