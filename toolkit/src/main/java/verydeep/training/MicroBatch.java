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
import verydeep.device.Gpus;
import verydeep.network.Layer;
import verydeep.network.Vgg;

/** How many images a device has in memory together. */
final class MicroBatch {

  /** Stands for a number that depends on the device. */
  static final int DEFAULT = -1;

  /** Stands for as many as fit. */
  static final int FITTING = 0;

  /** The part of the free memory that is counted on: cuDNN needs some, and fragments are lost. */
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

  /** As a training asks for it, once its weights are on the devices. */
  static MicroBatch of(GradientDescent.Setting setting, Vgg network) {
    boolean fitting = setting.microBatch() == FITTING;
    String what = network.label() + " at " + network.input() + " pixels, " + setting.precision();
    int images = fitting ? fitting(setting, network) : setting.microBatch();
    // a step that is tried again would count in the running statistics twice
    return new MicroBatch(fitting && !network.batchNorm(), images, what, setting.devices());
  }

  /** By a rule of thumb that depends on the network alone, so that the bits do. */
  static int ofCpu(Vgg network) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (4L << 30) / (12 * outputs(network))));
  }

  private static int fitting(GradientDescent.Setting setting, Vgg network) {
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
          if (line.startsWith("MemAvailable:")) { // with what the page cache would give back
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

  /** What a step needs beside the images: gradients, and copies while weights are changed. */
  private static double gradients(Vgg network, Precision precision) {
    long numbers = network.parameterShapes().stream().mapToLong(s -> s.size()).sum();
    long largest = network.parameterShapes().stream().mapToLong(s -> s.size()).max().orElse(0);
    return (precision == Precision.MIXED ? 2.0 : 4.0) * numbers + 12.0 * largest;
  }

  /**
   * What an image needs at the height of a step, by the numbers that convolutions put out. PyTorch
   * needed 5.6 bytes a number for D on an H100, with AMP 3.2; this leaves room for fragments.
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
   * Takes fewer after a failure.
   *
   * @param failure of a step
   * @param tried images that a device had in memory
   * @throws VerydeepException if the number was asked for, or is 1
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
              "%d %s at once of %s %s not fit into the memory of %s%s; %s.",
              tried,
              tried == 1 ? "image" : "images",
              what,
              tried == 1 ? "does" : "do",
              devices.get(0),
              devices.get(0).isGpu()
                  ? String.format(
                      Locale.ROOT,
                      ", of which %.1f GiB are free beside the weights",
                      Gpus.free(devices.get(0)) / GIB)
                  : "",
              tried == 1
                  ? "use a smaller network or input"
                  : "ask for fewer, or for fittingMicroBatch()"),
          failure);
    }
    images = Integer.highestOneBit(tried - 1);
  }
}
