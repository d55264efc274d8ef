package verydeep.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import verydeep.VerydeepException;
import verydeep.internal.jobs.PartialJob;
import verydeep.transfer.Features;

/**
 * The folder of an extraction's rows, as the driver sees it: a file for each part that it has
 * accepted, and beside them, where readers of Parquet do not look, what the extraction is.
 */
final class FeatureFolder {

  private static final String JOB = "job.safetensors";
  private static final String HIDDEN = "_verydeep/";
  private static final String PARTS = HIDDEN + "parts";
  private static final String ARITHMETIC = HIDDEN + "arithmetic";

  private final SharedFolder out;
  private final PartialJob<Features> job;
  private int parts;
  private Set<String> names = Set.of();

  FeatureFolder(SharedFolder out, PartialJob<Features> job) {
    this.out = out;
    this.job = job;
  }

  /**
   * Begins the extraction, or goes on with it.
   *
   * @param local a folder of the driver, in which the job is begun as in this one
   * @param sent the job
   * @param wanted into how many parts it is cut, unless an earlier call has chosen another number
   * @throws VerydeepException if the folder holds another extraction
   */
  void begin(Path local, ClusterJob<Features> sent, int wanted) {
    out.read(HIDDEN + JOB).ifPresent(begun -> Folders.write(local, Map.of(JOB, begun)));
    try {
      sent.begin(local);
    } catch (VerydeepException e) {
      String there = out.uri() + "/" + HIDDEN + JOB;
      throw new VerydeepException(e.getMessage().replace(local.resolve(JOB).toString(), there), e);
    }
    parts = parts(wanted);
    out.write(HIDDEN + JOB, Folders.read(local, name -> true).get(JOB));
    out.write(PARTS, String.valueOf(parts));
    names = out.names();
  }

  /** As many parts as the first call has chosen, since files are named by their images. */
  private int parts(int wanted) {
    String begun = out.text(PARTS).orElse("");
    if (begun.isEmpty()) {
      return wanted;
    }
    if (!begun.matches("[1-9]\\d{0,8}")) {
      throw new VerydeepException(
          ("The folder %s is damaged: %s should be the number of parts, and is \"%.40s\". Use"
                  + " another folder.")
              .formatted(out.uri(), PARTS, begun));
    }
    return Integer.parseInt(begun);
  }

  /** {@return the number of parts} */
  int parts() {
    return parts;
  }

  /** {@return what computed the parts that are there; empty if there are none} */
  String arithmetic() {
    return out.text(ARITHMETIC).orElse("");
  }

  /** {@return the parts that were not there at the beginning} */
  List<Integer> lacking() {
    return all().filter(part -> !names.contains(name(part))).boxed().toList();
  }

  /** {@return why images could not be read, by index, as the parts say that were there} */
  Map<Integer, String> unreadable(SparkSession spark) {
    return all().anyMatch(part -> names.contains(name(part)))
        ? new FeatureRows(out.uri()).unreadable(spark)
        : Map.of();
  }

  private IntStream all() {
    return IntStream.range(0, parts)
        .filter(part -> job.begin(part, parts) < job.begin(part + 1, parts));
  }

  private String name(int part) {
    return FeatureRows.name(job.begin(part, parts), job.begin(part + 1, parts));
  }

  /** Gives a part its name, unless its arithmetic is another than that of the others. */
  void keep(PartOutcome outcome, SameArithmetic same) {
    String name = name(outcome.index());
    try {
      same.check(outcome);
    } catch (VerydeepException e) {
      out.delete(FeatureRows.hidden(name));
      throw e;
    }
    out.write(ARITHMETIC, same.form()); // first, so that no part is there without it
    out.rename(FeatureRows.hidden(name), name);
  }

  /** Leaves the mark of Hadoop's jobs that all of it is there. */
  void finish() {
    out.write("_SUCCESS", new byte[0]);
  }
}
