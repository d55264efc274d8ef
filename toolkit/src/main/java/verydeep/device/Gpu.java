package verydeep.device;

import java.util.Locale;

/**
 * A GPU as the driver reports it.
 *
 * @param index its number, from 0, in the driver's order; CUDA may be configured with another order
 * @param name its name, such as {@code NVIDIA H100 80GB HBM3}
 * @param memory its total memory in bytes
 * @param free its free memory in bytes at the time of the query
 */
public record Gpu(int index, String name, long memory, long free) {

  /** Returns text such as {@code card 0: NVIDIA H100 80GB HBM3, 79.2 of 79.6 GiB free}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "card %d: %s, %.1f of %.1f GiB free",
        index,
        name,
        free / (double) (1 << 30),
        memory / (double) (1 << 30));
  }
}
