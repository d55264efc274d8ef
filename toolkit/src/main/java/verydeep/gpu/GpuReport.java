package verydeep.gpu;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import verydeep.device.Hardware;

/**
 * What a check found.
 *
 * @param hardware what there is to compute on
 * @param agreements what was held against the CPU's, or against another way to compute it
 * @param speeds of the kinds of work
 */
public record GpuReport(Hardware hardware, List<Agreement> agreements, List<Speed> speeds) {

  /**
   * Copies the lists.
   *
   * @param hardware what there is to compute on
   * @param agreements what was held against the CPU's, or against another way to compute it
   * @param speeds of the kinds of work
   */
  public GpuReport {
    agreements = List.copyOf(agreements);
    speeds = List.copyOf(speeds);
  }

  /**
   * Whether all agreements hold.
   *
   * @return true if none was too large and none failed
   */
  public boolean holds() {
    return agreements.stream().allMatch(Agreement::holds);
  }

  /** A headline, and a line for each finding. */
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
