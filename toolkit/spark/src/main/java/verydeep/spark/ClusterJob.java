package verydeep.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import verydeep.internal.inference.ProgressLine;
import verydeep.jobs.Job;

/**
 * A job that is about to be done on a cluster.
 *
 * @param job the same job on the driver, which begins and joins it
 * @param images its images
 * @param work what executors do
 * @param model writes the file with the network and the settings; null if there is no network
 * @param <R> the type of the result
 */
record ClusterJob<R>(Job<R> job, ImageList images, Shipped work, Consumer<Path> model) {

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  /** Does the parts that a folder of the driver lacks. */
  void run(Cluster cluster, Path folder) {
    begin(folder);
    int parts = cluster.parts(job.size());
    List<Integer> wanted = lacking(folder, parts);
    if (!wanted.isEmpty()) {
      SameArithmetic same = new SameArithmetic("");
      send(
          cluster,
          folder,
          parts,
          wanted,
          outcome -> {
            same.check(outcome);
            Folders.write(folder, outcome.files());
          });
    }
  }

  /** An empty part chooses the arithmetic for all. */
  void begin(Path folder) {
    job.part(0, Integer.MAX_VALUE).run(folder);
  }

  private List<Integer> lacking(Path folder, int parts) {
    return IntStream.range(0, parts)
        .filter(i -> !job.part(i, parts).isDone(folder))
        .boxed()
        .toList();
  }

  /** Sends parts to the executors. */
  void send(
      Cluster cluster, Path folder, int parts, List<Integer> wanted, Consumer<PartOutcome> done) {
    String file = model == null ? "" : ModelFiles.add(cluster.context(), model);
    Order order =
        new Order(
            "verydeep-" + UUID.randomUUID(),
            work,
            file,
            images,
            cluster.source(),
            parts,
            Machine.build(),
            cluster.processors(),
            Folders.read(folder, name -> name.endsWith("job.safetensors")));
    ProgressLine progress = cluster.isQuiet() ? ProgressLine.silent() : ProgressLine.printing();
    int[] finished = {parts - wanted.size()};
    List<PartTime> times = new ArrayList<>();
    progress.begin(images(finished[0], parts));
    try {
      new Parts(cluster.context(), order)
          .run(
              wanted,
              outcome -> {
                done.accept(outcome);
                finished[0]++;
                times.add(outcome.time());
                LOG.info("Part {} of {} was done on {}.", outcome.index(), parts, outcome.time());
                String what = "on " + cluster + PartTimes.of(times).share();
                progress.show(what, images(finished[0], parts), job.size());
              });
    } finally {
      progress.clear();
    }
  }

  /** About how many images some parts have. */
  private int images(int some, int parts) {
    return (int) ((long) some * job.size() / parts);
  }
}
