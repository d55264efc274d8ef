package verydeep.training;

import ai.djl.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import verydeep.cpu.Arithmetic;
import verydeep.data.Augmentation;
import verydeep.data.Images;
import verydeep.data.TrainingScale;
import verydeep.internal.cpu.TrainingPass;
import verydeep.internal.devices.Gpus;
import verydeep.internal.tasks.Task;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * The settings that a {@link TrainingBuilder} collected for a run.
 *
 * @param network the network to train
 * @param task what to learn, and from which images
 * @param recipe the batch size, momentum, weight decay, learning rate and epochs
 * @param scale S
 * @param augmentation the random changes to training images
 * @param start where the initial weights come from
 * @param rates how fast each layer learns
 * @param precision the number format
 * @param arithmetic what computes; null to choose by the amount of work
 * @param devices the devices to train on; empty for all GPUs, or the CPU
 * @param microBatch the images a device holds in memory at a time; may be {@link
 *     MicroBatch#DEFAULT} or {@link MicroBatch#FITTING}
 * @param seed the seed of all random draws
 * @param bestFile the file for the best network, or null
 * @param folder the folder where the training saves its progress, or null
 * @param writeEvery the shortest time between two saved states
 * @param saveShare the least ratio of that time to the duration of a write
 */
record TrainingSettings(
    Vgg network,
    Task task,
    Images training,
    Images validation,
    Recipe recipe,
    TrainingScale scale,
    Augmentation augmentation,
    Start start,
    LayerRates rates,
    Precision precision,
    Arithmetic arithmetic,
    List<Device> devices,
    int microBatch,
    long seed,
    Path bestFile,
    Path folder,
    Duration writeEvery,
    int saveShare) {

  /** Returns whether the toolkit's own kernels could compute: in 32 bits, on the CPU. */
  boolean suitsKernels() {
    return precision == Precision.FLOAT32 && chosen().stream().noneMatch(Device::isGpu);
  }

  /**
   * Puts the weights where the steps are computed.
   *
   * @param initial the weights
   * @param arithmetic what computes
   */
  GradientDescent descent(Parameters initial, Arithmetic arithmetic) {
    if (arithmetic == Arithmetic.DJL) {
      return new DjlDescent(initial, recipe, descent());
    }
    int images = imagesOnKernels();
    return new KernelDescent(initial, recipe, rates, arithmetic, shares(), images);
  }

  /** Batch normalization takes its statistics per share. */
  private int shares() {
    return network.batchNorm() ? chosen().size() : 1;
  }

  /** Returns the most images that the toolkit's own kernels hold in memory at a time. */
  int imagesOnKernels() {
    if (microBatch == MicroBatch.DEFAULT && network.batchNorm()) {
      int share = DjlDescent.shares(recipe.batch(), shares())[0];
      return Math.min(share, MicroBatch.ofCpu(network));
    }
    boolean set = microBatch != MicroBatch.DEFAULT && microBatch != MicroBatch.FITTING;
    return set ? microBatch : TrainingPass.fitting(network, recipe.batch());
  }

  private DjlDescent.Setting descent() {
    int images = microBatch;
    if (images == MicroBatch.DEFAULT) {
      // batch normalization's statistics must not depend on the free memory
      boolean fitting = onCards() && !network.batchNorm();
      images = fitting ? MicroBatch.FITTING : MicroBatch.ofCpu(network);
    }
    return new DjlDescent.Setting(chosen(), rates, images, precision);
  }

  /** Returns whether all devices are GPUs. */
  boolean onCards() {
    return chosen().stream().allMatch(Device::isGpu);
  }

  private List<Device> chosen() {
    if (!devices.isEmpty()) {
      return devices;
    }
    int gpus = Gpus.count();
    return gpus == 0
        ? List.of(Device.cpu())
        : IntStream.range(0, gpus).mapToObj(Device::gpu).toList();
  }
}
