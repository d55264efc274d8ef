package verydeep.training;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import verydeep.device.Gpus;
import verydeep.internal.tasks.LossCounts;
import verydeep.internal.tasks.Targets;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;

/**
 * A network in training: its weights in native memory, on one device or a replica on each of
 * several, and the step that changes them. Synchronous data parallelism as in section 3.3: each
 * replica finds the gradients of its share of the batch, their sum is the gradient of the whole
 * batch, the first replica makes the step, and the others take its weights over to the bit.
 */
final class GradientDescent implements AutoCloseable {

  private final Precision precision;
  private final MicroBatch microBatch;
  private final List<Replica> replicas = new ArrayList<>();
  private final Parallel parallel;
  private final Momentum momentum;
  private final boolean hasStatistics;
  private LossScale lossScale;

  /** Masks that are being drawn, by the seed of their step. */
  private final Map<Long, DropoutMasks> expected = new HashMap<>();

  /**
   * What a training is done with, beside the recipe.
   *
   * @param devices one or more; the same one may be named more than once
   * @param rates how fast each layer learns
   * @param microBatch images that a device has in memory together, at most; {@link
   *     MicroBatch#FITTING} for as many as fit
   * @param precision the numbers
   */
  record Setting(List<Device> devices, LayerRates rates, int microBatch, Precision precision) {

    static final Setting SIMPLE =
        new Setting(List.of(Device.cpu()), LayerRates.EVEN, Integer.MAX_VALUE, Precision.FLOAT32);
  }

  /** On the CPU, whole batches. */
  GradientDescent(Parameters initial, Recipe recipe) {
    this(initial, recipe, Setting.SIMPLE);
  }

  GradientDescent(Parameters initial, Recipe recipe, Setting setting) {
    precision = setting.precision();
    lossScale = new LossScale(setting.precision());
    hasStatistics =
        initial.network().parameterShapes().stream().anyMatch(shape -> !shape.learned());
    try {
      for (Device device : setting.devices()) {
        replicas.add(new Replica(device, initial, setting.rates(), setting.precision()));
      }
      momentum = Momentum.of(recipe, setting.rates(), replicas.get(0));
      microBatch = MicroBatch.of(setting, initial.network());
      parallel = new Parallel(replicas.size());
    } catch (RuntimeException | Error e) {
      replicas.forEach(Replica::close);
      Gpus.empty();
      throw e;
    }
  }

  /**
   * One step. The weights stay as they were if the loss, or in mixed precision a gradient, is not
   * finite.
   *
   * @param inputs the images
   * @param targets what is wanted of each image
   * @param rate the learning rate
   * @param seed decides which units dropout sets to zero
   */
  LossCounts step(Inputs inputs, Targets targets, double rate, long seed) {
    Gpus.allowTf32(precision != Precision.FLOAT32);
    DropoutMasks masks = expected.remove(seed);
    if (masks == null || !masks.isOf(targets.size())) {
      masks = new DropoutMasks(replicas.get(0).network(), seed);
    }
    int[] shares = shares(targets.size(), replicas.size());
    LossCounts outcome = null;
    while (outcome == null) {
      int images = microBatch.images();
      try {
        BatchWork work = new BatchWork(inputs, targets, masks, lossScale.value(), images);
        outcome = gradients(work, shares);
      } catch (EngineException e) {
        replicas.forEach(Replica::clearGradients);
        microBatch.shrink(e, Math.min(images, shares[0]));
      }
    }
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      update(outcome, rate, shares);
    } finally {
      JniUtils.setGradMode(gradients);
    }
    return outcome;
  }

  private LossCounts gradients(BatchWork work, int[] shares) {
    LossCounts outcome = LossCounts.NONE;
    int from = 0;
    List<Parallel.Task<LossCounts>> tasks = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      Replica replica = replicas.get(i);
      int start = from;
      int end = from + shares[i];
      tasks.add(() -> replica.gradients(work, start, end));
      from = end;
    }
    for (LossCounts share : parallel.run(tasks)) {
      outcome = outcome.plus(share);
    }
    return outcome;
  }

  /**
   * Draws the dropout masks of a later step while a card works on this one; on a CPU it would only
   * take the arithmetic's processors.
   *
   * @param seed of the later step
   * @param images in its batch
   */
  void expect(long seed, int images) {
    if (replicas.get(0).manager().getDevice().isGpu()) {
      expected.put(seed, DropoutMasks.drawnAhead(replicas.get(0).network(), seed, images));
    }
  }

  /** One step of a classifier. */
  LossCounts step(FloatBuffer pixels, int[] labels, double rate, long seed) {
    return step(pixels, new ClassTargets(labels), rate, seed);
  }

  /** One step on preprocessed images, batch x 3 x side x side. */
  LossCounts step(FloatBuffer pixels, Targets targets, double rate, long seed) {
    return step(new Inputs.Floats(pixels), targets, rate, seed);
  }

  private void update(LossCounts outcome, double rate, int[] shares) {
    Replica first = replicas.get(0);
    List<Replica> others = replicas.subList(1, replicas.size());
    boolean mixed = precision == Precision.MIXED;
    if (Double.isFinite(outcome.loss())) {
      others.forEach(first::addGradients);
      boolean finite = momentum.step(rate, 1 / lossScale.value(), mixed);
      if (mixed) {
        lossScale.observe(finite);
      }
      if (!others.isEmpty() && hasStatistics) {
        Replica.averageStatistics(replicas, shares);
      }
      others.forEach(other -> other.copyFrom(first));
    }
    replicas.forEach(Replica::clearGradients);
  }

  /** As even as can be, the first ones larger by one; none is empty unless the batch is small. */
  static int[] shares(int images, int replicas) {
    int[] shares = new int[replicas];
    for (int i = 0; i < replicas; i++) {
      shares[i] = images / replicas + (i < images % replicas ? 1 : 0);
    }
    return shares;
  }

  /** A copy of the weights as they are now. */
  Parameters snapshot() {
    return replicas.get(0).snapshot();
  }

  /** A copy of one array of weights. */
  Tensor weights(ParameterShape shape) {
    return replicas.get(0).tensor(shape);
  }

  /** The arrays that learn, each with a momentum. */
  List<ParameterShape> learned() {
    return List.copyOf(replicas.get(0).learned().keySet());
  }

  /** A copy of an array's momentum v, in the shape of its weights. */
  Tensor momentum(ParameterShape shape) {
    return momentum.get(shape);
  }

  /** Goes on where another training stopped. */
  void restore(Map<ParameterShape, Tensor> velocities, LossScale scale) {
    velocities.forEach(momentum::set);
    lossScale = scale;
  }

  LossScale lossScale() {
    return lossScale;
  }

  /** The weights of a replica, for tests. */
  Parameters snapshot(int replica) {
    return replicas.get(replica).snapshot();
  }

  @Override
  public void close() {
    parallel.close();
    replicas.forEach(Replica::close);
    Gpus.empty();
  }
}
