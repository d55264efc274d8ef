package verydeep.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkFiles;
import verydeep.VerydeepException;
import verydeep.internal.files.TensorFile;
import verydeep.internal.jobs.NetworkTime;
import verydeep.internal.jobs.PartialJob;
import verydeep.internal.jobs.TimedJob;
import verydeep.transfer.Features;

/**
 * The job that is open in this JVM: one, with its network loaded from the first part to the last,
 * and one part of it at a time, since a part uses all cores of its task.
 */
final class OpenJob {

  private static OpenJob open;

  private final Order order;
  private final Shipped.Opened opened;

  private OpenJob(Order order) {
    this.order = order;
    this.opened = order.work().open(Path.of(SparkFiles.get(order.model())), order);
  }

  /** Does a part. Errors that another attempt would not mend are an outcome. */
  static synchronized PartOutcome run(Order order, int index) {
    long began = System.nanoTime();
    try {
      Machine.check(order.build(), order.processors());
      if (open == null || !open.order.id().equals(order.id())) {
        close();
        open = new OpenJob(order);
      }
      return open.part(index, began);
    } catch (VerydeepException e) {
      return PartOutcome.failed(index, e.getMessage());
    }
  }

  @SuppressWarnings("unchecked") // a job of features
  private PartOutcome part(int index, long began) {
    Path folder = Folders.temporary();
    NetworkTime before = networkTime();
    try {
      Folders.write(folder, order.begun());
      opened.job().part(index, order.parts()).run(folder);
      Map<String, byte[]> files = new TreeMap<>();
      Map<Integer, String> unreadable = new TreeMap<>();
      String arithmetic;
      if (order.work() instanceof Shipped.Features to && !to.out().isEmpty()) {
        PartialJob<Features> job = (PartialJob<Features>) opened.job();
        var written = new FeatureRows(to.out()).write(job, folder, index, order);
        unreadable.putAll(written.unreadable());
        arithmetic = written.arithmetic();
      } else {
        files = Folders.read(folder, name -> !order.begun().containsKey(name));
        arithmetic = files.keySet().stream().findFirst().map(f -> computedBy(folder, f)).orElse("");
      }
      PartTime time = PartTime.here((System.nanoTime() - began) / 1e9, networkTime().minus(before));
      return new PartOutcome(index, Machine.name(), time, files, unreadable, arithmetic, "");
    } finally {
      Folders.delete(folder);
    }
  }

  private NetworkTime networkTime() {
    return ((TimedJob<?>) opened.job()).networkTime();
  }

  private static String computedBy(Path folder, String file) {
    return TensorFile.read(folder.resolve(file)).metadata().getOrDefault("computed by", "");
  }

  /** Closes a job in this JVM, if it is open here. */
  static synchronized void close(String id) {
    if (open != null && open.order.id().equals(id)) {
      close();
    }
  }

  private static void close() {
    if (open != null) {
      open.opened.job().close();
      open.opened.after().run();
      open = null;
    }
  }
}
