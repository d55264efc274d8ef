package verydeep.training;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import verydeep.cpu.Arithmetic;
import verydeep.internal.devices.Gpus;
import verydeep.internal.tasks.LossCounts;
import verydeep.internal.tasks.Targets;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;

/**
 * A network in training by DJL: its weights in native memory, on one device or as a replica on each
 * of several, and the step that changes them. This is the synchronous data parallelism of section
 * 3.3: each replica computes the gradients of its share of the batch, their sum is the gradient of
 * the whole batch, the first replica takes the step, and the others copy its weights bit for bit.
 */
final class DjlDescent implements GradientDescent {

  private final Precision precision;
  private final MicroBatch microBatch;
  private final List<Replica> replicas = new ArrayList<>();
  private final Parallel parallel;
  private final Momentum momentum;
  private final boolean hasStatistics;
  private LossScale lossScale;

  /** Masks being drawn, by the seed of their step. */
  private final Map<Long, DropoutMasks> expected = new HashMap<>();

  /**
   * How a training computes, apart from the recipe.
   *
   * @param devices one or more; the same device may appear more than once
   * @param rates how fast each layer learns
   * @param microBatch the most images a device holds in memory at a time; {@link
   *     MicroBatch#FITTING} for as many as fit
   * @param precision the number format
   */
  record Setting(List<Device> devices, LayerRates rates, int microBatch, Precision precision) {

    static final Setting SIMPLE =
        new Setting(List.of(Device.cpu()), LayerRates.EVEN, Integer.MAX_VALUE, Precision.FLOAT32);
  }

  /** Whole batches on the CPU. */
  DjlDescent(Parameters initial, Recipe recipe) {
    this(initial, recipe, Setting.SIMPLE);
  }

  DjlDescent(Parameters initial, Recipe recipe, Setting setting) {
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

  @Override
  public LossCounts step(Inputs inputs, Targets targets, double rate, long seed) {
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

  /** On a CPU, drawing ahead would only compete with the arithmetic for cores. */
  @Override
  public void expect(long seed, int images) {
    if (replicas.get(0).manager().getDevice().isGpu()) {
      expected.put(seed, DropoutMasks.drawnAhead(replicas.get(0).network(), seed, images));
    }
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

  /**
   * Splits a batch as evenly as possible: the first shares may be larger by one, and a share is
   * empty only if the batch has fewer images than there are replicas.
   */
  static int[] shares(int images, int replicas) {
    int[] shares = new int[replicas];
    for (int i = 0; i < replicas; i++) {
      shares[i] = images / replicas + (i < images % replicas ? 1 : 0);
    }
    return shares;
  }

  @Override
  public Parameters snapshot() {
    return replicas.get(0).snapshot();
  }

  @Override
  public Tensor weights(ParameterShape shape) {
    return replicas.get(0).tensor(shape);
  }

  @Override
  public List<ParameterShape> learned() {
    return List.copyOf(replicas.get(0).learned().keySet());
  }

  @Override
  public Tensor momentum(ParameterShape shape) {
    return momentum.get(shape);
  }

  @Override
  public void restore(Map<ParameterShape, Tensor> velocities, LossScale scale) {
    velocities.forEach(momentum::set);
    lossScale = scale;
  }

  @Override
  public LossScale lossScale() {
    return lossScale;
  }

  /** Returns the weights of a replica, for tests. */
  Parameters snapshot(int replica) {
    return replicas.get(replica).snapshot();
  }

  @Override
  public Arithmetic arithmetic() {
    return Arithmetic.DJL;
  }

  @Override
  public String description() {
    return Arithmetic.DJL.toString();
  }

  @Override
  public void close() {
    parallel.close();
    replicas.forEach(Replica::close);
    Gpus.empty();
  }
}
