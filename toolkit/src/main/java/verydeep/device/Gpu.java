package verydeep.device;

import java.util.Locale;

/**
 * A card as the driver knows it.
 *
 * @param index its number, from 0, in the order of the driver; CUDA may be told another order
 * @param name such as {@code NVIDIA H100 80GB HBM3}
 * @param memory all of its memory in bytes
 * @param free what nobody has taken of it, in bytes, when it was asked
 */
public record Gpu(int index, String name, long memory, long free) {

  /** Such as {@code card 0: NVIDIA H100 80GB HBM3, 79.2 of 79.6 GiB free}. */
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
