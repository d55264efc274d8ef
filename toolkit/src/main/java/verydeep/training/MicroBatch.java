package verydeep.training;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import verydeep.VerydeepException;
import verydeep.internal.devices.Gpus;
import verydeep.network.Layer;
import verydeep.network.Vgg;

/** The number of images a device holds in memory at a time. */
final class MicroBatch {

  /** Stands for the default, which depends on the device. */
  static final int DEFAULT = -1;

  /** Stands for as many as fit. */
  static final int FITTING = 0;

  /** The usable part of the free memory: cuDNN needs some, and fragmentation loses some. */
  private static final double SHARE = 0.8;

  private static final double GIB = 1 << 30;

  private final boolean fitting;
  private final String what;
  private final List<Device> devices;
  private int images;

  private MicroBatch(boolean fitting, int images, String what, List<Device> devices) {
    this.fitting = fitting;
    this.images = images;
    this.what = what;
    this.devices = devices;
  }

  /** Returns what a training's settings ask for, once its weights are on the devices. */
  static MicroBatch of(DjlDescent.Setting setting, Vgg network) {
    boolean fitting = setting.microBatch() == FITTING;
    String what = network.label() + " at " + network.input() + " pixels, " + setting.precision();
    int images = fitting ? fitting(setting, network) : setting.microBatch();
    // a retried step would count twice in the running statistics
    return new MicroBatch(fitting && !network.batchNorm(), images, what, setting.devices());
  }

  /**
   * Returns a rule of thumb that depends on the network alone, so the result does too, bit for bit.
   */
  static int ofCpu(Vgg network) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (4L << 30) / (12 * outputs(network))));
  }

  private static int fitting(DjlDescent.Setting setting, Vgg network) {
    int least = Integer.MAX_VALUE;
    for (Device device : setting.devices()) {
      long beside = setting.devices().stream().filter(device::equals).count();
      double free = (device.isGpu() ? Gpus.free(device) : freeOnCpu()) / (double) beside;
      double rest = free - gradients(network, setting.precision());
      least = Math.min(least, (int) (SHARE * rest / bytes(network, setting.precision())));
    }
    return Integer.highestOneBit(Math.max(1, least));
  }

  private static double freeOnCpu() {
    Path file = Path.of("/proc/meminfo");
    if (Files.isReadable(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          if (line.startsWith("MemAvailable:")) { // includes what the page cache would release
            return 1024.0 * Long.parseLong(line.replaceAll("\\D", ""));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getFreeMemorySize();
  }

  /**
   * Returns the bytes a step needs besides the images: gradients, and copies while weights are
   * updated.
   */
  private static double gradients(Vgg network, Precision precision) {
    long numbers = network.parameterShapes().stream().mapToLong(s -> s.size()).sum();
    long largest = network.parameterShapes().stream().mapToLong(s -> s.size()).max().orElse(0);
    return (precision == Precision.MIXED ? 2.0 : 4.0) * numbers + 12.0 * largest;
  }

  /**
   * Returns the bytes an image needs at the peak of a step, estimated from the number of
   * convolution outputs. PyTorch needed 5.6 bytes per number for D on an H100, 3.2 with AMP; this
   * leaves room for fragmentation.
   */
  static double bytes(Vgg network, Precision precision) {
    return (precision == Precision.MIXED ? 4.5 : 7) * outputs(network);
  }

  private static long outputs(Vgg network) {
    return network.summary().rows().stream()
        .filter(row -> row.layer() instanceof Layer.Convolution)
        .mapToLong(row -> row.output().size())
        .sum();
  }

  int images() {
    return images;
  }

  /**
   * Reduces the number after a failure.
   *
   * @param failure the failure of a step
   * @param tried the number of images that a device held in memory
   * @throws VerydeepException if the number was set explicitly, or is 1
   */
  void shrink(EngineException failure, int tried) {
    String message = String.valueOf(failure.getMessage());
    boolean memory = message.contains("out of memory") || message.contains("can't allocate memory");
    if (!memory) {
      throw failure;
    }
    Gpus.empty();
    if (!fitting || tried <= 1) {
      throw new VerydeepException(
          String.format(
              Locale.ROOT,
              "A micro-batch of %d %s of %s does not fit into the memory of %s%s. %s.",
              tried,
              tried == 1 ? "image" : "images",
              what,
              devices.get(0),
              devices.get(0).isGpu()
                  ? String.format(
                      Locale.ROOT,
                      ", which has %.1f GiB free besides the weights",
                      Gpus.free(devices.get(0)) / GIB)
                  : "",
              tried == 1
                  ? "Use a smaller network or input"
                  : "Set a smaller microBatch(n), or use fittingMicroBatch()"),
          failure);
    }
    images = Integer.highestOneBit(tried - 1);
  }
}
