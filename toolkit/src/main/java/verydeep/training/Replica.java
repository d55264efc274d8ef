package verydeep.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import verydeep.internal.devices.Gpus;
import verydeep.internal.djl.VggBlock;
import verydeep.internal.djl.WeightLayout;
import verydeep.internal.tasks.LossCounts;
import verydeep.internal.tasks.Targets;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/** A network on one device, which computes the gradients of its share of a batch. */
final class Replica implements AutoCloseable {

  private static final NDIndex ALL = new NDIndex(":");

  private final NDManager manager;
  private final VggBlock block;
  private final ParameterStore store;
  private final boolean mixed;
  private final WeightLayout layout;

  /** The weights in 32 bits for mixed precision; the block has copies in 16. */
  private final Map<ParameterShape, NDArray> masters = new LinkedHashMap<>();

  Replica(Device device, Parameters initial, LayerRates rates, Precision precision) {
    manager = NDManager.newBaseManager(device, "PyTorch");
    block = VggBlock.of(initial.network());
    store = new ParameterStore(manager, false);
    mixed = precision == Precision.MIXED;
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      Gpus.settle(manager);
      layout =
          device.isGpu() && precision == Precision.FLOAT32
              ? WeightLayout.CHANNELS_FIRST
              : WeightLayout.CHANNELS_LAST;
      block.load(manager, initial, layout);
      if (mixed) {
        block.byShape().forEach(this::halve);
      }
      block.byShape().forEach((s, p) -> p.freeze(!rates.learns(initial.network(), s)));
    } catch (RuntimeException | Error e) {
      manager.close(); // half of the weights may be in native memory
      throw e;
    } finally {
      JniUtils.setGradMode(gradients);
    }
  }

  private void halve(ParameterShape shape, Parameter parameter) {
    NDArray half = parameter.getArray().toType(DataType.FLOAT16, true);
    masters.put(shape, parameter.getArray().duplicate());
    parameter.close();
    parameter.setShape(null);
    parameter.setArray(half);
  }

  NDManager manager() {
    return manager;
  }

  Vgg network() {
    return block.network();
  }

  Map<ParameterShape, Parameter> byShape() {
    return block.byShape();
  }

  /** The memory layout of convolution weights. */
  WeightLayout layout() {
    return layout;
  }

  boolean isMixed() {
    return mixed;
  }

  /** Returns the block's array of weights, which holds their gradient. */
  NDArray learned(ParameterShape shape) {
    return block.byShape().get(shape).getArray();
  }

  /**
   * Replaces a trainable array by other arrays with the same values.
   *
   * @param weights in 32 bits
   * @param half the same in 16 bits for mixed precision, otherwise null
   */
  void replace(ParameterShape shape, NDArray weights, NDArray half) {
    Parameter parameter = block.byShape().get(shape);
    parameter.close();
    parameter.setShape(null);
    parameter.setArray(mixed ? half : weights);
    parameter.freeze(false);
    if (mixed) {
      masters.put(shape, weights).close();
    }
  }

  /** Returns the arrays that training changes. */
  Map<ParameterShape, NDArray> learned() {
    Map<ParameterShape, NDArray> learned = new LinkedHashMap<>();
    block
        .byShape()
        .forEach(
            (shape, parameter) -> {
              if (parameter.requiresGradient()) {
                learned.put(shape, parameter.getArray());
              }
            });
    return learned;
  }

  /** Returns the weights of a trainable array in 32 bits, which a step changes. */
  NDArray weights(ParameterShape shape) {
    return mixed ? masters.get(shape) : block.byShape().get(shape).getArray();
  }

  /** Returns a copy of a weight array. */
  Tensor tensor(ParameterShape shape) {
    // the library would copy a channels-last array and keep the copy
    try (NDManager scope = manager.newSubManager()) {
      NDArray flat = weights(shape).reshape(-1);
      flat.attach(scope); // and with it the copy in the JVM's memory, of an array on a card
      return Tensor.of(shape.sizes(), flat.toFloatArray());
    }
  }

  /** Returns an array's gradient in 32 bits, which the caller closes. */
  NDArray gradient(ParameterShape shape) {
    NDArray gradient = block.byShape().get(shape).getArray().getGradient();
    if (!mixed) {
      return gradient;
    }
    try (gradient) {
      return gradient.toType(DataType.FLOAT32, true);
    }
  }

  /** Copies the weights after a step to the 16-bit ones, in mixed precision. */
  void refresh() {
    if (mixed) {
      learned()
          .forEach(
              (shape, array) -> {
                try (NDArray half = masters.get(shape).toType(DataType.FLOAT16, true)) {
                  array.set(ALL, half);
                }
              });
    }
  }

  Parameters snapshot() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterShape shape : block.byShape().keySet()) {
      tensors.put(shape.name(), tensor(shape));
    }
    return Parameters.of(network(), tensors);
  }

  /**
   * Adds the gradients of some of a batch's images to those that the arrays hold. The loss is the
   * sum of theirs divided by the size of the whole batch.
   *
   * @param work the whole batch
   * @param from the first image
   * @param to the index after the last one
   * @return the sum of losses and the number of wrong images
   */
  LossCounts gradients(BatchWork work, int from, int to) {
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try (NDManager step = manager.newSubManager()) {
      List<Supplier<LossCounts>> pieces = new ArrayList<>();
      int end;
      for (int at = from; at < to; at = end) {
        end = (int) Math.min(to, (long) at + work.microBatch());
        pieces.add(piece(step, work, at, end));
      }
      LossCounts outcome = LossCounts.NONE;
      for (Supplier<LossCounts> piece : pieces) {
        outcome = outcome.plus(piece.get());
      }
      return outcome;
    } finally {
      JniUtils.setGradMode(gradients);
    }
  }

  /**
   * Queues the work on a piece on the device: first everything that is copied there, since a copy
   * waits for the GPU, then everything that is computed. Only reading the outcome waits for it.
   *
   * @param step the scope, open until the outcome is read
   */
  private Supplier<LossCounts> piece(NDManager step, BatchWork work, int from, int to) {
    int side = block.network().input();
    DataType type = mixed ? DataType.FLOAT16 : DataType.FLOAT32;
    try (NDManager scope = manager.newSubManager()) {
      NDList inputs = new NDList(work.inputs().load(scope, from, to, side, type));
      for (int drop = 0; drop < work.masks().count(); drop++) {
        Shape shape = new Shape(to - from, 1, work.masks().units(drop));
        NDArray mask = scope.create(work.masks().mask(drop, from, to), shape);
        inputs.add(mask.toType(type, false));
      }
      Targets.Wanted wanted = work.targets().load(scope, from, to);
      // where backward begins, not a factor of the loss: see LayerArithmetic of numbers
      PtNDArray share = (PtNDArray) scope.create(work.share());
      NDArray outputs = block.forward(store, inputs, true).singletonOrThrow();
      Targets.Found found = wanted.compare(outputs);
      JniUtils.backward((PtNDArray) found.loss(), share, false, false);
      found.loss().attach(step);
      found.answers().attach(step);
      return found.counts();
    }
  }

  /** Returns whether no gradient is infinite or NaN: a finite sum has only finite terms. */
  boolean hasFiniteGradients() {
    try (NDManager scope = manager.newSubManager()) {
      NDList sums = new NDList();
      for (NDArray weight : learned().values()) {
        NDArray gradient = weight.getGradient();
        gradient.attach(scope);
        // in 32 bits: in 16 the sum itself could overflow
        NDArray wide = gradient.toType(DataType.FLOAT32, false);
        sums.add(wide.sum());
        wide.close();
      }
      return sums.isEmpty() || Float.isFinite(NDArrays.stack(sums).sum().getFloat());
    }
  }

  /** Sets all gradients to zero. */
  void clearGradients() {
    learned().values().forEach(weight -> JniUtils.zeroGrad((PtNDArray) weight));
  }

  /** Adds another replica's gradients to this one's. */
  void addGradients(Replica other) {
    Map<ParameterShape, NDArray> theirs = other.learned();
    learned()
        .forEach(
            (shape, weight) -> {
              try (NDManager scope = manager.newSubManager()) {
                NDArray sum = weight.getGradient();
                sum.attach(scope);
                NDArray gradient = theirs.get(shape).getGradient();
                gradient.attach(scope);
                sum.addi(gradient.toDevice(manager.getDevice(), false));
              }
            });
  }

  /** Copies another replica's arrays bit for bit. */
  void copyFrom(Replica other) {
    Map<ParameterShape, Parameter> theirs = other.byShape();
    block
        .byShape()
        .forEach(
            (shape, parameter) -> {
              try (NDManager scope = manager.newSubManager()) {
                NDArray value = theirs.get(shape).getArray().duplicate();
                value.attach(scope);
                parameter.getArray().set(ALL, value.toDevice(manager.getDevice(), true));
              }
            });
  }

  /**
   * Sets the running statistics of batch normalization to the mean over the replicas.
   *
   * @param shares the number of images each had, this one first
   */
  static void averageStatistics(List<Replica> replicas, int[] shares) {
    double all = Arrays.stream(shares).sum();
    Replica first = replicas.get(0);
    first
        .byShape()
        .forEach(
            (shape, parameter) -> {
              if (shape.learned()) {
                return;
              }
              try (NDManager scope = first.manager.newSubManager()) {
                NDArray mean = parameter.getArray().mul(shares[0] / all);
                mean.attach(scope);
                for (int i = 1; i < shares.length; i++) {
                  NDArray part = replicas.get(i).byShape().get(shape).getArray().duplicate();
                  part.attach(scope);
                  mean.addi(part.toDevice(first.manager.getDevice(), false).mul(shares[i] / all));
                }
                parameter.getArray().set(ALL, mean);
              }
            });
  }

  @Override
  public void close() {
    manager.close();
  }
}
