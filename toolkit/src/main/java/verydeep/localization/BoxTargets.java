package verydeep.localization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import verydeep.internal.tasks.LossCounts;
import verydeep.internal.tasks.Targets;

/**
 * One box per image; the loss is Euclidean (appendix A): half the squared distance between the four
 * outputs and the box's four numbers, as in the paper's framework. In per-class regression these
 * are the true class's outputs; no others learn. An image is wrong if the intersection over union
 * of the two boxes is 0.5 or less.
 */
final class BoxTargets implements Targets {

  private final int[] first;
  private final List<Optional<BoxTarget>> boxes;

  /**
   * Creates the targets of a batch.
   *
   * @param first the index of the true class's first output, for each image
   * @param boxes one box per image; empty for an image that has no target
   */
  BoxTargets(int[] first, List<Optional<BoxTarget>> boxes) {
    this.first = first.clone();
    this.boxes = List.copyOf(boxes);
  }

  @Override
  public int size() {
    return boxes.size();
  }

  @Override
  public int counted() {
    return (int) boxes.stream().filter(Optional::isPresent).count();
  }

  @Override
  public Wanted load(NDManager scope, int from, int to) {
    long[] places = new long[4 * (to - from)];
    float[] wanted = new float[places.length];
    float[] counts = new float[places.length];
    for (int i = from; i < to; i++) {
      int at = 4 * (i - from);
      for (int k = 0; k < 4; k++) {
        places[at + k] = (long) first[i] + k;
      }
      boxes.get(i).ifPresent(box -> put(box, wanted, counts, at));
    }
    Shape shape = new Shape(to - from, 4);
    NDArray own = scope.create(places, shape);
    NDArray numbers = scope.create(wanted, shape);
    NDArray weights = scope.create(counts, shape);
    NDArray half = scope.create(0.5f);
    return outputs -> {
      NDArray given = outputs.toType(DataType.FLOAT32, false).gather(own, 1);
      NDArray loss = given.sub(numbers).mul(weights).square().sum().mul(half);
      return new Found(loss, given, () -> outcome(loss.getFloat(), given.toFloatArray(), from, to));
    };
  }

  private static void put(BoxTarget box, float[] wanted, float[] counts, int at) {
    double[] numbers = {box.x(), box.y(), box.width(), box.height()};
    for (int k = 0; k < 4; k++) {
      wanted[at + k] = (float) numbers[k];
      counts[at + k] = 1;
    }
  }

  /** The gradient of half the squared distance is the difference. */
  @Override
  public LossCounts differentiate(float[] outputs, int image, float share, float[] gradient) {
    if (boxes.get(image).isEmpty()) {
      return LossCounts.NONE;
    }
    float[] wanted = new float[4];
    put(boxes.get(image).get(), wanted, new float[4], 0);
    float[] given = Arrays.copyOfRange(outputs, first[image], first[image] + 4);
    double loss = 0;
    for (int k = 0; k < 4; k++) {
      double difference = (double) given[k] - wanted[k];
      loss += 0.5 * difference * difference;
      gradient[first[image] + k] = (float) (difference * share);
    }
    return outcome(loss, given, image, image + 1);
  }

  private LossCounts outcome(double loss, float[] given, int from, int to) {
    int counted = 0;
    int wrong = 0;
    for (int i = from; i < to; i++) {
      if (boxes.get(i).isPresent()) {
        counted++;
        // without a finite loss there may be no valid box
        boolean right =
            Double.isFinite(loss)
                && BoxRegression.at(given, 4 * (i - from)).iou(boxes.get(i).get()) > 0.5;
        wrong += right ? 0 : 1;
      }
    }
    return new LossCounts(loss, wrong, wrong, counted);
  }
}
