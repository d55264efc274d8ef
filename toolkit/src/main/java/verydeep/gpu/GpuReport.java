package verydeep.gpu;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import verydeep.device.Hardware;

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
}
