package verydeep.spark;

import java.util.List;
import java.util.Locale;

/**
 * What the parts that a call has done took on the executors, all of them together. While the
 * network computes, an executor decodes the next images of the part on other threads.
 *
 * @param parts how many parts
 * @param executors how many executors did them
 * @param seconds the time of the parts, from reading images to writing results
 * @param loading of these, until the network's weights were ready, once on each executor
 * @param network of these, in the network's forward passes; NaN if that is not known
 */
public record PartTimes(int parts, int executors, double seconds, double loading, double network) {

  static PartTimes of(List<PartTime> times) {
    return new PartTimes(
        times.size(),
        (int) times.stream().map(PartTime::executor).distinct().count(),
        times.stream().mapToDouble(PartTime::seconds).sum(),
        times.stream().mapToDouble(PartTime::loading).sum(),
        times.stream().mapToDouble(PartTime::network).sum());
  }

  /** Returns the network's share of some time in percent; NaN if it is not known. */
  private static double percent(double network, double seconds) {
    return 100 * network / seconds;
  }

  /** {@return the network's share as the end of a progress line; empty if it is not known} */
  String share() {
    double percent = percent(network, seconds);
    return Double.isNaN(percent) ? "" : String.format(Locale.ROOT, ", network %.0f%%", percent);
  }

  /** Says what some time was spent on, as far as it is known. */
  static String text(double seconds, double loading, double network) {
    double percent = percent(network, seconds);
    return Double.isNaN(percent)
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(
            Locale.ROOT,
            "%.1f s, of them %.1f s (%.0f%%) in the network and %.1f s loading it",
            seconds,
            network,
            percent,
            loading);
  }

  /** Parts, executors, seconds, and the network's share. */
  @Override
  public String toString() {
    return parts == 0
        ? "no part"
        : String.format(
                Locale.ROOT,
                "%,d part%s on %,d executor%s in ",
                parts,
                parts == 1 ? "" : "s",
                executors,
                executors == 1 ? "" : "s")
            + text(seconds, loading, network);
  }
}
