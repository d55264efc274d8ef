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
 * The step of {@link Recipe}: v = momentum v + rate (g + decay w), w = w - v, with rate and decay
 * times a layer's own multipliers. Arrays are worked on piece by piece, so that a piece stays in
 * the processor's cache through the whole step; the bits are the same, and D's step takes a fifth
 * of the time.
 */
final class Momentum {

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

  /** For the arrays that learn on a replica, which then owns the velocities. */
  Momentum(Recipe recipe, LayerRates rates, Replica replica) {
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
              List<NDArray> flat = pieces(flat(weight));
              List<NDArray> moving = pieces(velocity);
              List<NDList> pairs = new ArrayList<>();
              for (int i = 0; i < flat.size(); i++) {
                pairs.add(new NDList(flat.get(i), moving.get(i)));
              }
              arrays.put(shape, new Array(velocity, pairs));
            });
  }

  /**
   * Steps along the gradients that the arrays hold.
   *
   * @param rate the learning rate
   * @param unscale what the gradients are multiplied with
   */
  void step(double rate, float unscale) {
    arrays.forEach(
        (shape, array) -> {
          try (NDManager scope = replica.manager().newSubManager()) {
            NDArray gradient = replica.gradient(shape);
            gradient.attach(scope);
            List<NDArray> slopes = pieces(flat(gradient));
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
  }

  /** A copy of an array's v, in the shape of its weights. */
  Tensor get(ParameterShape shape) {
    NDArray velocity = arrays.get(shape).velocity();
    try (NDManager scope = velocity.getManager().newSubManager()) {
      List<Integer> sizes = shape.sizes();
      NDArray ordered = velocity;
      if (sizes.size() == 4) {
        ordered =
            velocity
                .reshape(sizes.get(0), sizes.get(2), sizes.get(3), sizes.get(1))
                .transpose(0, 3, 1, 2);
        ordered.attach(scope);
      }
      return Tensor.of(sizes, ordered.toFloatArray());
    }
  }

  /** Sets an array's v. */
  void set(ParameterShape shape, Tensor value) {
    NDArray velocity = arrays.get(shape).velocity();
    try (NDManager scope = velocity.getManager().newSubManager()) {
      long[] sizes = shape.sizes().stream().mapToLong(Integer::longValue).toArray();
      velocity.set(new NDIndex(":"), flat(scope.create(value.values(), new Shape(sizes))));
    }
  }

  /**
   * All numbers in the order in which a channels-last array holds them: a view, not a copy, since
   * the block loads its convolutions so.
   */
  private static NDArray flat(NDArray array) {
    return array.getShape().dimension() == 4
        ? array.transpose(0, 2, 3, 1).flatten()
        : array.flatten();
  }

  private static List<NDArray> pieces(NDArray flat) {
    List<NDArray> pieces = new ArrayList<>();
    for (long from = 0; from < flat.size(); from += PIECE) {
      pieces.add(flat.get(new NDIndex().addSliceDim(from, Math.min(from + PIECE, flat.size()))));
    }
    return pieces;
  }
}
