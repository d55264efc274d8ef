package verydeep.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import verydeep.internal.devices.Gpus;
import verydeep.internal.devices.Libtorch;

/**
 * The hardware available for computing, and what is missing before a GPU can be used.
 *
 * @param processor the processor's name
 * @param cores the number of cores the JVM may use
 * @param driver the version of NVIDIA's driver; empty if there is none
 * @param gpus the GPUs the driver reports
 * @param libtorch the version DJL has loaded, or why it has none
 * @param usable the number of GPUs DJL computes on
 * @param advice what is missing and the command that fixes it; empty if nothing is
 */
public record Hardware(
    String processor,
    int cores,
    String driver,
    List<Gpu> gpus,
    String libtorch,
    int usable,
    List<String> advice) {

  /**
   * Copies the lists.
   *
   * @param processor the processor's name
   * @param cores the number of cores the JVM may use
   * @param driver the version of NVIDIA's driver; empty if there is none
   * @param gpus the GPUs the driver reports
   * @param libtorch the version DJL has loaded, or why it has none
   * @param usable the number of GPUs DJL computes on
   * @param advice what is missing and the command that fixes it; empty if nothing is
   */
  public Hardware {
    gpus = List.copyOf(gpus);
    advice = List.copyOf(advice);
  }

  /**
   * Queries this machine. Loads libtorch.
   *
   * @return its hardware
   */
  public static Hardware here() {
    Optional<Driver> driver = Driver.ask();
    List<Gpu> gpus = driver.map(Driver::gpus).orElse(List.of());
    String libtorch;
    boolean loaded = true;
    boolean cuda = false;
    try {
      Engine engine = Engine.getEngine("PyTorch");
      cuda = JniUtils.getFeatures().contains("CUDA");
      try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
        manager.ones(new Shape(2)).sum().getFloat(); // a bridge to another libtorch fails here
      }
      libtorch = version(engine) + (cuda ? " for CUDA" : " for CPUs");
    } catch (RuntimeException | LinkageError e) {
      libtorch = "none: " + cause(e);
      loaded = false;
    }
    return new Hardware(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        driver.map(Driver::version).orElse(""),
        gpus,
        libtorch,
        loaded ? Gpus.count() : 0,
        advice(driver.isPresent(), gpus.size(), loaded, cuda));
  }

  private static List<String> advice(boolean driver, int gpus, boolean loaded, boolean cuda) {
    List<String> advice = new ArrayList<>();
    if (!loaded && !driver) {
      advice.add(
          "No NVIDIA driver answers, and a libtorch for CUDA may not load without one. Install the"
              + " driver, or unset PYTORCH_LIBRARY_PATH to compute on the CPU.");
    } else if (!loaded) {
      advice.add(
          "DJL's native bridge needs libtorch 2.7.1. Run pip install torch==2.7.1, and set"
              + " PYTORCH_LIBRARY_PATH to its folder lib (.../torch/lib).");
    } else if (!driver) {
      advice.add(
          "No NVIDIA driver answers (libnvidia-ml.so.1). If this machine has a GPU, install its"
              + " driver; nvidia-smi must run.");
    } else if (gpus == 0) {
      advice.add("The driver reports no GPU; nvidia-smi -L lists them.");
    } else if (!CudaUtils.hasCuda()) {
      advice.add(
          "CUDA's runtime library (libcudart.so) is not found. It is in Python's"
              + " nvidia/cuda_runtime/lib or in /usr/local/cuda/lib64. Add that folder to"
              + " LD_LIBRARY_PATH.");
    } else if (!cuda) {
      advice.add(
          "This libtorch is for CPUs. Either build with mvn -Pgpu clean package -DskipTests (DJL"
              + " then downloads the one for CUDA), or name the folder of an installed one, such as"
              + " Python's: PYTORCH_LIBRARY_PATH=.../torch/lib PYTORCH_FLAVOR=cu128.");
    }
    if (advice.isEmpty() && !Gpus.canSwitchTf32()) {
      advice.add(
          "This libtorch has no switch for TF32 under the known name: convolutions use"
              + " TF32 where 32 bits are requested, unless NVIDIA_TF32_OVERRIDE=0 is set in the"
              + " environment.");
    }
    return advice;
  }

  private static String version(Engine engine) {
    String named = System.getenv("PYTORCH_LIBRARY_PATH");
    String python = named == null ? "" : Libtorch.pythonVersion(Path.of(named));
    return python.isEmpty() ? engine.getVersion() : python;
  }

  private static String cause(Throwable error) {
    Throwable last = error;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Returns the processor's model.
   *
   * @return its name as reported by Linux; on other systems the names of system and architecture
   */
  public static String processorName() {
    Path file = Path.of("/proc/cpuinfo");
    String otherwise = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!Files.isReadable(file)) {
      return otherwise;
    }
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException | UncheckedIOException e) {
      return otherwise;
    }
  }

  /** {@return the name of the first GPU in use, or of the processor if there is none} */
  public String name() {
    return usable > 0 && !gpus.isEmpty() ? gpus.get(0).name() : processor;
  }

  /** Returns one line per fact. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "processor  %s, %d cores", processor, cores));
    lines.add("driver     " + (driver.isEmpty() ? "none of NVIDIA's" : driver));
    gpus.forEach(gpu -> lines.add("           " + gpu));
    lines.add("libtorch   " + libtorch);
    lines.add(
        "computes   "
            + (usable == 0 ? "on the CPU" : "on " + usable + (usable == 1 ? " card" : " cards")));
    advice.forEach(text -> lines.add("missing    " + text));
    return String.join("\n", lines);
  }

  /**
   * A GPU as the driver reports it.
   *
   * @param index its number, from 0, in the driver's order; CUDA may be configured with another
   *     order
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
}
