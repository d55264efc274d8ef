package verydeep.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.MultiLabelImages;
import verydeep.data.Presence;

/**
 * Chooses the cost C on a fifth of the images: the one with the highest sum of average precisions,
 * of equal ones the smallest. Summed in the order of the classes, so that it does not depend on how
 * many threads there are.
 */
final class MultiLabelCost {

  private final Features features;
  private final MultiLabelImages labels;
  private final MultiLabelTraining training;
  private final int[] held;
  private final int[] others;

  MultiLabelCost(
      Features features, MultiLabelImages labels, MultiLabelTraining training, long seed) {
    this.features = features;
    this.labels = labels;
    this.training = training;
    boolean[] out = new boolean[features.size()];
    for (List<Integer> group : groups()) {
      Collections.shuffle(group, new Random(31 * seed + group.get(0)));
      group.subList(0, group.size() < 2 ? 0 : (group.size() + 4) / 5).forEach(i -> out[i] = true);
    }
    held = IntStream.range(0, out.length).filter(i -> out[i]).toArray();
    others = IntStream.range(0, out.length).filter(i -> !out[i]).toArray();
  }

  /** Images by the rarest class that they show, so that a fifth of each class is held out. */
  private List<List<Integer>> groups() {
    List<List<Integer>> groups = new ArrayList<>();
    for (int k = 0; k <= labels.classes().size(); k++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 0; i < labels.size(); i++) {
      int rarest = labels.classes().size();
      for (int label = 0; label < labels.classes().size(); label++) {
        boolean rarer =
            rarest == labels.classes().size() || labels.shown(label) < labels.shown(rarest);
        if (labels.presence(i, label) == Presence.SHOWN && rarer) {
          rarest = label;
        }
      }
      groups.get(rarest).add(i);
    }
    groups.removeIf(List::isEmpty);
    return groups;
  }

  /** The images that are held out, sorted. */
  int[] held() {
    return held;
  }

  /** The best cost. */
  double best() {
    double best = 0;
    double highest = -1;
    for (double cost : CostChoice.COSTS) {
      double sum = precision(cost);
      if (sum > highest) {
        highest = sum;
        best = cost;
      }
    }
    return best;
  }

  /** The sum of the average precisions of the classes that both parts can tell of. */
  private double precision(double cost) {
    double[][] weights = training.train(others, cost, HingeSolver.COARSE);
    double[] precisions =
        IntStream.range(0, weights.length)
            .parallel()
            .mapToDouble(label -> weights[label] == null ? Double.NaN : precision(label, weights))
            .toArray();
    double sum = 0;
    int counted = 0;
    for (double precision : precisions) {
      if (!Double.isNaN(precision)) {
        sum += precision;
        counted++;
      }
    }
    if (counted == 0) {
      throw new VerydeepException(
          "To choose C, a class needs two images or more that show it; of the classes of "
              + labels
              + " none has. Give it: cost(...).");
    }
    return sum;
  }

  private double precision(int label, double[][] weights) {
    int[] clear =
        IntStream.of(held).filter(i -> labels.presence(i, label) != Presence.DIFFICULT).toArray();
    double[] scores = new double[clear.length];
    boolean[] shows = new boolean[clear.length];
    boolean any = false;
    Hyperplanes plane = new Hyperplanes(new double[][] {weights[label]}, features);
    for (int i = 0; i < clear.length; i++) {
      scores[i] = plane.decide(features.shared(clear[i]))[0];
      shows[i] = labels.presence(clear[i], label) == Presence.SHOWN;
      any |= shows[i];
    }
    return any ? AveragePrecision.areaUnderCurve(scores, shows) : Double.NaN;
  }
}
