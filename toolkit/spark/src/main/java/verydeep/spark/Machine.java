package verydeep.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.apache.spark.SparkEnv;
import verydeep.VerydeepException;
import verydeep.evaluation.Evaluation;

/** The machine on which this code runs, and the toolkit that it has. */
final class Machine {

  private Machine() {}

  static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "without a name";
    }
  }

  /** The executor, or the driver where that is one too, as {@code machine/id}. */
  static String executor() {
    SparkEnv here = SparkEnv.get();
    return here == null ? name() : name() + "/" + here.executorId();
  }

  /** What tells one build of the toolkit from another: its version, and checksums of its jars. */
  static String build() {
    String version = Evaluation.class.getPackage().getImplementationVersion();
    return "%s (%s, %s)"
        .formatted(
            version == null ? "unpacked" : version,
            checksum(Evaluation.class),
            checksum(Machine.class));
  }

  private static String checksum(Class<?> one) {
    try {
      Path from = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(from)) {
        return "classes";
      }
      CRC32 crc = new CRC32();
      crc.update(Files.readAllBytes(from));
      return Long.toHexString(crc.getValue());
    } catch (IOException | URISyntaxException e) {
      throw new VerydeepException("The jar of " + one.getName() + " cannot be read: " + e, e);
    }
  }

  /**
   * Checks that this executor can do a part as the driver means it.
   *
   * @param build the driver's build of the toolkit
   * @param processors how many a task may use; 0 if that does not matter
   * @throws VerydeepException if it cannot
   */
  static void check(String build, int processors) {
    if (!build.equals(build())) {
      throw new VerydeepException(
          "The executor on %s has the toolkit %s, the driver %s; ship the driver's jars with --jars."
              .formatted(name(), build(), build));
    }
    int available = Runtime.getRuntime().availableProcessors();
    if (processors > 0 && available > processors) {
      throw new VerydeepException(
          ("The executor on %s would compute on %d processors, but its task has spark.task.cpus=%d."
                  + " Set -XX:ActiveProcessorCount=%3$d in spark.executor.extraJavaOptions.")
              .formatted(name(), available, processors));
    }
  }
}
