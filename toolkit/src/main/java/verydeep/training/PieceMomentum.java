package verydeep.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.network.ParameterShape;
import verydeep.network.Tensor;

/**
 * {@link Momentum} on a CPU. Arrays are processed piece by piece so that each piece stays in the
 * CPU cache through the whole step; the result is the same bit for bit, and D's step takes a fifth
 * of the time.
 */
final class PieceMomentum implements Momentum {

  private static final int PIECE = 1 << 18;

  private final Recipe recipe;
  private final LayerRates rates;
  private final Replica replica;
  private final Map<ParameterShape, Array> arrays = new LinkedHashMap<>();

  /**
   * An array's v.
   *
   * @param velocity flat, in the order of the weights in memory
   * @param pieces pairs of weights and v
   */
  private record Array(NDArray velocity, List<NDList> pieces) {}

  /** Creates velocities, owned by the replica, for its trainable arrays. */
  PieceMomentum(Recipe recipe, LayerRates rates, Replica replica) {
    this.recipe = recipe;
    this.rates = rates;
    this.replica = replica;
    replica
        .learned()
        .keySet()
        .forEach(
            shape -> {
              NDArray weight = replica.weights(shape);
              NDArray velocity = replica.manager().zeros(new Shape(weight.size()));
              List<NDArray> flat = pieces(replica.layout().flat(weight));
              List<NDArray> moving = pieces(velocity);
              List<NDList> pairs = new ArrayList<>();
              for (int i = 0; i < flat.size(); i++) {
                pairs.add(new NDList(flat.get(i), moving.get(i)));
              }
              arrays.put(shape, new Array(velocity, pairs));
            });
  }

  @Override
  public boolean step(double rate, float unscale, boolean guarded) {
    if (guarded && !replica.hasFiniteGradients()) {
      return false;
    }
    arrays.forEach(
        (shape, array) -> {
          try (NDManager scope = replica.manager().newSubManager()) {
            NDArray gradient = replica.gradient(shape);
            gradient.attach(scope);
            List<NDArray> slopes = pieces(replica.layout().flat(gradient));
            for (int i = 0; i < slopes.size(); i++) {
              NDList piece = array.pieces().get(i);
              NDArray w = piece.get(0);
              w.getNDArrayInternal()
                  .sgdUpdate(
                      new NDList(w, slopes.get(i), piece.get(1)),
                      new NDList(w),
                      (float) (rate * rates.rate(shape)),
                      (float) (recipe.decay() * rates.decay(shape)),
                      unscale,
                      -1,
                      (float) recipe.momentum(),
                      false);
            }
          }
        });
    replica.refresh();
    return true;
  }

  @Override
  public Tensor get(ParameterShape shape) {
    NDArray velocity = arrays.get(shape).velocity();
    try (NDManager scope = velocity.getManager().newSubManager()) {
      NDArray all = velocity.reshape(-1);
      all.attach(scope);
      return Tensor.of(shape.sizes(), replica.layout().shaped(all, shape).toFloatArray());
    }
  }

  @Override
  public void set(ParameterShape shape, Tensor value) {
    NDArray velocity = arrays.get(shape).velocity();
    try (NDManager scope = velocity.getManager().newSubManager()) {
      long[] sizes = shape.sizes().stream().mapToLong(Integer::longValue).toArray();
      velocity.set(
          new NDIndex(":"), replica.layout().flat(scope.create(value.values(), new Shape(sizes))));
    }
  }

  private static List<NDArray> pieces(NDArray flat) {
    List<NDArray> pieces = new ArrayList<>();
    for (long from = 0; from < flat.size(); from += PIECE) {
      pieces.add(flat.get(new NDIndex().addSliceDim(from, Math.min(from + PIECE, flat.size()))));
    }
    return pieces;
  }
}
