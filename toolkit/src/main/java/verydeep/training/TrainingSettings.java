package verydeep.training;

import ai.djl.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import verydeep.data.Augmentation;
import verydeep.data.Images;
import verydeep.data.TrainingScale;
import verydeep.device.Gpus;
import verydeep.internal.tasks.Task;
import verydeep.network.Vgg;

/**
 * What a {@link TrainingBuilder} collected: all that a run of a training needs to know.
 *
 * @param network what is trained
 * @param task what it learns, and from which images
 * @param recipe batch, momentum, decay, learning rate, epochs
 * @param scale S
 * @param augmentation what chance may do to an image
 * @param start where the first weights come from
 * @param rates how fast each layer learns
 * @param precision the numbers
 * @param devices where it computes; empty for all cards, or the CPU
 * @param microBatch images that a device has in memory together; may be {@link MicroBatch#DEFAULT}
 *     or {@link MicroBatch#FITTING}
 * @param seed what chance is drawn from
 * @param bestFile where the best network is written; null for nowhere
 * @param folder where the training keeps itself; null for nowhere
 * @param writeEvery how long it goes at least between two states
 * @param saveShare how many times as long as writing a state takes it goes at least
 */
record TrainingSettings(
    Vgg network,
    Task task,
    Recipe recipe,
    TrainingScale scale,
    Augmentation augmentation,
    Start start,
    LayerRates rates,
    Precision precision,
    List<Device> devices,
    int microBatch,
    long seed,
    Path bestFile,
    Path folder,
    Duration writeEvery,
    int saveShare) {

  Images training() {
    return task.training();
  }

  Images validation() {
    return task.validation();
  }

  GradientDescent.Setting descent() {
    int images = microBatch;
    if (images == MicroBatch.DEFAULT) {
      // batch normalization's statistics must not depend on the memory that is free
      boolean fitting = onCards() && !network.batchNorm();
      images = fitting ? MicroBatch.FITTING : MicroBatch.ofCpu(network);
    }
    return new GradientDescent.Setting(chosen(), rates, images, precision);
  }

  /** Whether all devices are cards. */
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
