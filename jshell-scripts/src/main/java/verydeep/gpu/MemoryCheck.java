package verydeep.gpu;

import ai.djl.Device;
import java.util.List;
import java.util.function.Supplier;
import verydeep.internal.devices.Gpus;

/** Checks that work releases a GPU's memory: run again, it leaves as much free as before. */
final class MemoryCheck {

  /** MiB that the libraries may keep: they load their code on first use. */
  private static final double ALLOWED = 64;

  private MemoryCheck() {}

  static GpuReport.Agreement twice(Device device, Supplier<List<GpuReport.Agreement>> work) {
    long before = Gpus.free(device);
    String what = work.get().get(0).what();
    double lost = (before - Gpus.free(device)) / (double) (1 << 20);
    return GpuReport.Agreement.of(
        "memory after " + what, "all", "MiB not given back", Math.max(0, lost), ALLOWED);
  }
}
