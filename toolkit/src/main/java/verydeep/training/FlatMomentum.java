package verydeep.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.network.ParameterShape;
import verydeep.network.Tensor;

/**
 * {@link Momentum} on a GPU, where a call costs the host more than the GPU: weights with the same
 * rate and decay multipliers are stored one after another in one flat array, and a step is a few
 * calls for all of them. The network's own arrays are views of it. The result equals that of {@link
 * PieceMomentum} on the same device bit for bit.
 */
final class FlatMomentum implements Momentum {

  /** Arrays begin at multiples of this many numbers, for the GPU's fast loads. */
  private static final long ALIGNED = 64;

  private static final NDIndex ALL = new NDIndex(":");

  private final Recipe recipe;
  private final Replica replica;
  private final List<Group> groups = new ArrayList<>();
  private final Map<ParameterShape, NDArray> velocities = new LinkedHashMap<>();

  /**
   * Arrays with the same multipliers.
   *
   * @param rate their multiplier of the learning rate
   * @param decay their multiplier of the weight decay
   */
  private record Likeness(double rate, double decay) {}

  /**
   * The numbers of these arrays.
   *
   * @param weights in 32 bits
   * @param halves the same in 16 bits for mixed precision, otherwise null
   * @param gaps the gaps between one array's end and the next one's start, in order
   */
  private record Group(
      Likeness likeness,
      List<ParameterShape> shapes,
      List<NDArray> gaps,
      NDArray weights,
      NDArray halves,
      NDArray velocity) {}

  FlatMomentum(Recipe recipe, LayerRates rates, Replica replica) {
    this.recipe = recipe;
    this.replica = replica;
    Map<Likeness, List<ParameterShape>> alike = new LinkedHashMap<>();
    for (ParameterShape shape : replica.learned().keySet()) {
      Likeness likeness = new Likeness(rates.rate(shape), rates.decay(shape));
      alike.computeIfAbsent(likeness, key -> new ArrayList<>()).add(shape);
    }
    alike.forEach((likeness, shapes) -> groups.add(group(likeness, shapes)));
  }

  private Group group(Likeness likeness, List<ParameterShape> shapes) {
    NDManager manager = replica.manager();
    Shape all = new Shape(shapes.stream().mapToLong(FlatMomentum::room).sum());
    NDArray weights = manager.zeros(all);
    NDArray halves = replica.isMixed() ? manager.zeros(all, DataType.FLOAT16) : null;
    NDArray velocity = manager.zeros(all);
    List<NDArray> gaps = new ArrayList<>();
    long from = 0;
    for (ParameterShape shape : shapes) {
      velocities.put(shape, part(velocity, from, shape));
      NDArray own = part(weights, from, shape);
      NDArray half = halves == null ? null : part(halves, from, shape);
      try (NDManager scope = manager.newSubManager()) {
        NDArray before = replica.weights(shape).duplicate();
        before.attach(scope);
        own.set(ALL, replica.layout().flat(before));
        if (half != null) {
          half.set(ALL, replica.layout().flat(before).toType(DataType.FLOAT16, true));
        }
      }
      replica.replace(
          shape,
          replica.layout().shaped(own, shape),
          half == null ? null : replica.layout().shaped(half, shape));
      gaps.add(
          manager.zeros(
              new Shape(room(shape) - shape.size()),
              halves == null ? DataType.FLOAT32 : DataType.FLOAT16));
      from += room(shape);
    }
    return new Group(likeness, shapes, gaps, weights, halves, velocity);
  }

  private static long room(ParameterShape shape) {
    return (shape.size() + ALIGNED - 1) / ALIGNED * ALIGNED;
  }

  private static NDArray part(NDArray flat, long from, ParameterShape shape) {
    return flat.get(new NDIndex().addSliceDim(from, from + shape.size()));
  }

  @Override
  public boolean step(double rate, float unscale, boolean guarded) {
    try (NDManager scope = replica.manager().newSubManager()) {
      List<NDArray> gradients = groups.stream().map(group -> gradients(group, scope)).toList();
      if (guarded && !areFinite(gradients)) {
        return false;
      }
      for (int i = 0; i < groups.size(); i++) {
        step(groups.get(i), gradients.get(i), rate, unscale);
      }
    }
    return true;
  }

  /** Returns the gradients of a group as one array, in 32 bits. */
  private NDArray gradients(Group group, NDManager scope) {
    NDList parts = new NDList();
    for (int i = 0; i < group.shapes().size(); i++) {
      NDArray gradient = replica.learned(group.shapes().get(i)).getGradient();
      gradient.attach(scope);
      parts.add(replica.layout().flat(gradient));
      if (group.gaps().get(i).size() > 0) {
        parts.add(group.gaps().get(i));
      }
    }
    NDArray all = NDArrays.concat(parts, 0);
    all.attach(scope);
    return all.toType(DataType.FLOAT32, false);
  }

  /** Returns whether all numbers are finite: a finite sum has only finite terms. */
  private static boolean areFinite(List<NDArray> gradients) {
    NDList sums = new NDList(gradients.stream().map(NDArray::sum).toList());
    return sums.isEmpty() || Float.isFinite(NDArrays.stack(sums).sum().getFloat());
  }

  private void step(Group group, NDArray gradient, double rate, float unscale) {
    // a power of two, so multiplying the other factors by it is exact
    double scaled = rate * group.likeness().rate() * unscale;
    double decay = recipe.decay() * group.likeness().decay() / unscale;
    group
        .weights()
        .getNDArrayInternal()
        .sgdUpdate(
            new NDList(group.weights(), gradient, group.velocity()),
            new NDList(group.weights()),
            (float) scaled,
            (float) decay,
            1,
            -1,
            (float) recipe.momentum(),
            false);
    if (group.halves() != null) {
      try (NDArray half = group.weights().toType(DataType.FLOAT16, true)) {
        group.halves().set(ALL, half);
      }
    }
  }

  @Override
  public Tensor get(ParameterShape shape) {
    try (NDManager scope = replica.manager().newSubManager()) {
      NDArray all = velocities.get(shape).reshape(-1);
      all.attach(scope);
      return Tensor.of(shape.sizes(), replica.layout().shaped(all, shape).toFloatArray());
    }
  }

  @Override
  public void set(ParameterShape shape, Tensor value) {
    try (NDManager scope = replica.manager().newSubManager()) {
      long[] sizes = shape.sizes().stream().mapToLong(Integer::longValue).toArray();
      velocities
          .get(shape)
          .set(ALL, replica.layout().flat(scope.create(value.values(), new Shape(sizes))));
    }
  }
}
