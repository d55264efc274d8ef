package verydeep.gpu;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;
import verydeep.VerydeepException;
import verydeep.device.Hardware;
import verydeep.report.Figure;

/**
 * The results of a check.
 *
 * @param hardware the hardware of the machine
 * @param agreements the comparisons with the CPU, or with another way to compute the same
 * @param speeds the speeds of the kinds of work
 */
public record GpuReport(Hardware hardware, List<Agreement> agreements, List<Speed> speeds) {

  /**
   * Copies the lists.
   *
   * @param hardware the hardware of the machine
   * @param agreements the comparisons with the CPU, or with another way to compute the same
   * @param speeds the speeds of the kinds of work
   */
  public GpuReport {
    agreements = List.copyOf(agreements);
    speeds = List.copyOf(speeds);
  }

  /**
   * Returns whether all agreements hold.
   *
   * @return true if no difference is too large and nothing failed
   */
  public boolean holds() {
    return agreements.stream().allMatch(Agreement::holds);
  }

  /**
   * Returns the agreements as a table.
   *
   * @return what was compared, the difference, what is allowed, and whether it holds
   */
  public Table agreementTable() {
    return GpuTables.agreements(this);
  }

  /**
   * Returns the speeds as a table.
   *
   * @return the work, the number format, and images per second
   */
  public Table speedTable() {
    return GpuTables.speeds(this);
  }

  /**
   * Returns the speeds as a chart.
   *
   * @return a bar per kind of work
   * @throws VerydeepException if no speed was measured
   */
  public Figure speedChart() {
    return GpuChart.of(this);
  }

  /** Returns a headline and one line per finding. */
  @Override
  public String toString() {
    long held = agreements.stream().filter(Agreement::holds).count();
    String headline =
        "%s: %d of %d agreements hold".formatted(hardware.name(), held, agreements.size());
    return Stream.of(Stream.of(headline), agreements.stream(), speeds.stream())
        .flatMap(part -> part)
        .map(String::valueOf)
        .collect(Collectors.joining("\n  "));
  }

  /**
   * The difference between two computations of the same thing.
   *
   * @param what was computed
   * @param numbers the number format, such as {@code float32} or {@code TF32}
   * @param measure the meaning of the difference, in words
   * @param difference the difference; NaN if the computation failed
   * @param allowed the largest difference allowed for the arithmetic
   * @param note why it failed; empty if it did not
   */
  public record Agreement(
      String what, String numbers, String measure, double difference, double allowed, String note) {

    static Agreement of(
        String what, String numbers, String measure, double difference, double allowed) {
      return new Agreement(what, numbers, measure, difference, allowed, "");
    }

    static Agreement failed(String what, String numbers, Throwable failure) {
      return new Agreement(what, numbers, "", Double.NaN, 0, failure.toString());
    }

    /**
     * Returns whether the difference is within what the arithmetic allows.
     *
     * @return true if it is; false also if the computation failed
     */
    public boolean holds() {
      return difference <= allowed;
    }

    /**
     * Returns a line such as {@code D's pool5, float32: 3.1e-07 of the largest (allowed 1.0e-05),
     * holds}.
     */
    @Override
    public String toString() {
      return note.isEmpty()
          ? String.format(
              Locale.ROOT,
              "%s, %s: %.1e %s (allowed %.1e), %s",
              what,
              numbers,
              difference,
              measure,
              allowed,
              holds() ? "holds" : "does not hold")
          : what + ", " + numbers + ": failed: " + note;
    }
  }

  /**
   * The speed of some work.
   *
   * @param work the work, such as {@code training D at 224}
   * @param numbers the number format and the software
   * @param imagesPerSecond images per second, including reading the files if {@code waited} is a
   *     number; NaN if it could not be measured
   * @param waited the fraction of the time spent waiting for images; NaN if it was not measured
   */
  public record Speed(String work, String numbers, double imagesPerSecond, double waited) {

    /** Returns a line such as {@code training D at 224, TF32: 1410 images/s}. */
    @Override
    public String toString() {
      return Double.isNaN(imagesPerSecond)
          ? work + ": not measured: " + numbers
          : String.format(Locale.ROOT, "%s, %s: %.0f images/s", work, numbers, imagesPerSecond);
    }
  }
}
