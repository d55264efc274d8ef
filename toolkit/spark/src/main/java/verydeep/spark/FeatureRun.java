package verydeep.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.internal.jobs.PartialJob;
import verydeep.jobs.Job;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;

/** An extraction of features on a cluster, and where they go. */
public final class FeatureRun {

  private static final String BEGUN = "_verydeep/job.safetensors";
  private static final String PARTS = "_verydeep/parts";
  private static final String ARITHMETIC = "_verydeep/arithmetic";

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
   * @throws VerydeepException as {@code extractor.run(images)}, also if an image cannot be read; or
   *     if an executor cannot do a part
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Features run() {
    try (Job<Features> job = extractor.quiet().job(images)) {
      ImageList list = ImageList.of(images);
      var work = new Shipped.Features("", List.of());
      return cluster.done(new ClusterJob<>(job, list, work, extractor::write));
    }
  }

  /**
   * Writes the features from the executors to a folder of Parquet files, with a row for each image.
   * All images are decoded once before: those that cannot be read become rows with the reason, and
   * the others get the features that they have without them. The same call goes on where it was
   * stopped; a folder has one extraction for itself.
   *
   * @param folder a path that every machine sees, or a URI of Hadoop's file systems
   * @return what was written
   * @throws VerydeepException if no image can be read, the folder holds another extraction or
   *     cannot be used, or an executor cannot do a part
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public FeatureTable parquet(String folder) {
    SortedMap<Integer, String> damaged = unreadable();
    int[] good = IntStream.range(0, images.size()).filter(i -> !damaged.containsKey(i)).toArray();
    if (good.length == 0) {
      throw new VerydeepException("None of the %d images can be read.".formatted(images.size()));
    }
    Images readable = images.subset(good);
    try (var job = (PartialJob<Features>) extractor.quiet().job(readable)) {
      List<FeatureRows.Row> rows = IntStream.of(good).mapToObj(this::row).toList();
      SharedFolder out = new SharedFolder(folder);
      var work = new Shipped.Features(out.uri(), rows);
      var sent = new ClusterJob<>(job, ImageList.of(readable), work, extractor::write);
      return written(out, sent, job, damaged);
    }
  }

  private FeatureTable written(
      SharedFolder out,
      ClusterJob<Features> sent,
      PartialJob<Features> job,
      SortedMap<Integer, String> damaged) {
    Path local = Folders.temporary();
    try {
      out.read(BEGUN).ifPresent(begun -> Folders.write(local, Map.of("job.safetensors", begun)));
      sent.begin(local); // refuses the folder of another extraction
      int parts = parts(out, job);
      out.write(BEGUN, Folders.read(local, name -> true).get("job.safetensors"));
      out.write(PARTS, String.valueOf(parts));
      List<Integer> wanted = lacking(out, job, parts);
      List<PartOutcome> done = new ArrayList<>();
      if (!wanted.isEmpty()) {
        SameArithmetic same = new SameArithmetic(out.text(ARITHMETIC).orElse(""));
        sent.send(
            cluster,
            local,
            parts,
            wanted,
            outcome -> {
              keep(outcome, same, out, name(job, outcome.index(), parts));
              done.add(outcome);
            });
      }
      if (!damaged.isEmpty()) {
        List<FeatureRows.Row> rows = damaged.keySet().stream().map(this::row).toList();
        new FeatureRows(out.uri()).writeUnreadable(rows, List.copyOf(damaged.values()));
      }
      out.write("_SUCCESS", new byte[0]);
      return table(out.uri(), done, damaged);
    } finally {
      Folders.delete(local);
    }
  }

  /** Gives a part its name, unless its arithmetic is another than that of the others. */
  private static void keep(
      PartOutcome outcome, SameArithmetic same, SharedFolder out, String name) {
    try {
      same.check(outcome);
    } catch (VerydeepException e) {
      out.delete(FeatureRows.hidden(name));
      throw e;
    }
    out.write(ARITHMETIC, same.form()); // first, so that no part is there without it
    out.rename(FeatureRows.hidden(name), name);
  }

  /** As many parts as the first call has chosen, since files are named by their images. */
  private int parts(SharedFolder out, PartialJob<Features> job) {
    String begun = out.text(PARTS).orElse("");
    if (begun.isEmpty()) {
      return cluster.parts(job.size());
    }
    if (!begun.matches("[1-9]\\d{0,8}")) {
      throw new VerydeepException(
          ("The folder %s is damaged: %s should be the number of parts, and is \"%.40s\". Use"
                  + " another folder.")
              .formatted(out.uri(), PARTS, begun));
    }
    return Integer.parseInt(begun);
  }

  private static String name(PartialJob<Features> job, int index, int parts) {
    return FeatureRows.name(job.begin(index, parts), job.begin(index + 1, parts));
  }

  /** Decodes all images, which sums up their colors too: that costs next to nothing. */
  private SortedMap<Integer, String> unreadable() {
    Map<Path, String> reasons = new HashMap<>();
    cluster
        .withoutFolder()
        .colors(images)
        .skipped()
        .forEach(s -> reasons.put(s.file(), s.reason()));
    SortedMap<Integer, String> damaged = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      String reason = reasons.get(images.file(i));
      if (reason != null) {
        damaged.put(i, reason);
      }
    }
    return damaged;
  }

  private static List<Integer> lacking(SharedFolder out, PartialJob<Features> job, int parts) {
    Set<String> there = out.names();
    return IntStream.range(0, parts)
        .filter(i -> job.begin(i, parts) < job.begin(i + 1, parts))
        .filter(i -> !there.contains(name(job, i, parts)))
        .boxed()
        .toList();
  }

  private FeatureTable table(
      String folder, List<PartOutcome> done, SortedMap<Integer, String> damaged) {
    List<Skipped> unreadable = new ArrayList<>();
    damaged.forEach((i, reason) -> unreadable.add(new Skipped(images.file(i), reason)));
    return new FeatureTable(
        folder,
        images.size(),
        unreadable,
        done.isEmpty() ? "" : done.get(0).arithmetic(),
        done.stream().mapToDouble(PartOutcome::seconds).sum(),
        done.size());
  }

  private FeatureRows.Row row(int i) {
    return new FeatureRows.Row(i, images.name(i), images.classes().get(images.label(i)));
  }
}
