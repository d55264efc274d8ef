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

/**
 * What there is to compute on, and what is missing before a card can be used.
 *
 * @param processor its name
 * @param cores how many the JVM may use
 * @param driver NVIDIA's, empty if there is none
 * @param gpus the cards that the driver knows
 * @param libtorch which one DJL has loaded, or why none
 * @param usable cards that DJL computes on
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
   * @param processor its name
   * @param cores how many the JVM may use
   * @param driver NVIDIA's, empty if there is none
   * @param gpus the cards that the driver knows
   * @param libtorch which one DJL has loaded, or why none
   * @param usable cards that DJL computes on
   * @param advice what is missing and the command that fixes it; empty if nothing is
   */
  public Hardware {
    gpus = List.copyOf(gpus);
    advice = List.copyOf(advice);
  }

  /**
   * Asks this machine. Loads libtorch.
   *
   * @return what is here
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
          "No NVIDIA driver answers, and a libtorch for CUDA may not load without one: install the"
              + " driver, or unset PYTORCH_LIBRARY_PATH to compute on the CPU.");
    } else if (!loaded) {
      advice.add(
          "DJL's bridge fits libtorch 2.7.1: pip install torch==2.7.1, and set PYTORCH_LIBRARY_PATH"
              + " to its folder lib (.../torch/lib).");
    } else if (!driver) {
      advice.add(
          "No NVIDIA driver answers (libnvidia-ml.so.1). If this machine has a card, install its"
              + " driver; nvidia-smi must run.");
    } else if (gpus == 0) {
      advice.add("The driver knows no card; nvidia-smi -L lists them.");
    } else if (!CudaUtils.hasCuda()) {
      advice.add(
          "CUDA's run-time library (libcudart.so) is not found. It lies in Python's"
              + " nvidia/cuda_runtime/lib or in /usr/local/cuda/lib64: name that folder in"
              + " LD_LIBRARY_PATH.");
    } else if (!cuda) {
      advice.add(
          "This libtorch is for CPUs. Either build with: mvn -Pgpu clean package -DskipTests (DJL"
              + " then downloads that for CUDA), or name the folder of one that is here, such as"
              + " Python's: PYTORCH_LIBRARY_PATH=.../torch/lib PYTORCH_FLAVOR=cu128.");
    }
    if (advice.isEmpty() && !Gpus.canSwitchTf32()) {
      advice.add(
          "This libtorch has no switch for TF32 under the name that is known here: convolutions use"
              + " TF32 where 32 bits are asked for, unless NVIDIA_TF32_OVERRIDE=0 is in the"
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
   * The processor's model.
   *
   * @return its name as Linux gives it, elsewhere the names of system and architecture
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

  /** {@return the name of the first card that is used, else of the processor} */
  public String name() {
    return usable > 0 && !gpus.isEmpty() ? gpus.get(0).name() : processor;
  }

  /** A line for each fact. */
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
}
