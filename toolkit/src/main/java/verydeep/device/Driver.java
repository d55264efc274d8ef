package verydeep.device;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * NVIDIA's driver, queried through its management library (NVML), which comes with it and which
 * {@code nvidia-smi} uses too. It answers independently of CUDA and libtorch.
 *
 * @param version the driver's version, such as {@code 580.159.04}
 * @param gpus the GPUs
 */
record Driver(String version, List<Hardware.Gpu> gpus) {

  private static final int TEXT = 96;

  /** Queries this machine's driver; empty if none answers. */
  static Optional<Driver> ask() {
    NativeLibrary nvml;
    try {
      nvml = NativeLibrary.getInstance(Platform.isWindows() ? "nvml" : "libnvidia-ml.so.1");
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
    if (call(nvml, "nvmlInit_v2") != 0) {
      return Optional.empty();
    }
    try {
      byte[] version = new byte[TEXT];
      call(nvml, "nvmlSystemGetDriverVersion", version, TEXT);
      IntByReference count = new IntByReference();
      call(nvml, "nvmlDeviceGetCount_v2", count);
      List<Hardware.Gpu> gpus = new ArrayList<>();
      for (int i = 0; i < count.getValue(); i++) {
        PointerByReference handle = new PointerByReference();
        if (call(nvml, "nvmlDeviceGetHandleByIndex_v2", i, handle) == 0) {
          gpus.add(gpu(nvml, i, handle.getValue()));
        }
      }
      return Optional.of(new Driver(Native.toString(version), List.copyOf(gpus)));
    } finally {
      call(nvml, "nvmlShutdown");
    }
  }

  private static Hardware.Gpu gpu(NativeLibrary nvml, int index, Pointer handle) {
    byte[] name = new byte[TEXT];
    call(nvml, "nvmlDeviceGetName", handle, name, TEXT);
    long[] memory = new long[3]; // total, free, used
    call(nvml, "nvmlDeviceGetMemoryInfo", handle, memory);
    return new Hardware.Gpu(index, Native.toString(name), memory[0], memory[1]);
  }

  private static int call(NativeLibrary nvml, String function, Object... arguments) {
    return nvml.getFunction(function).invokeInt(arguments);
  }
}
