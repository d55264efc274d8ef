package verydeep.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.MultiLabelImages;

/**
 * How the cost C is chosen for images that may show several classes: by the sum of the average
 * precisions on a fifth of the images. It is summed in the order of the classes, so that it does
 * not depend on the number of threads.
 */
final class MultiLabelCost {

  private final Features features;
  private final MultiLabelImages labels;

  MultiLabelCost(Features features, MultiLabelImages labels) {
    this.features = features;
    this.labels = labels;
  }

  CostChoice choice(OneAgainstRest training, long seed) {
    List<List<Integer>> groups = groups();
    groups.forEach(group -> Collections.shuffle(group, new Random(31 * seed + group.get(0))));
    return new CostChoice(features, training, List.of(HeldOut.fifth(groups)), this::precision);
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
        if (labels.presence(i, label) == MultiLabelImages.Presence.SHOWN && rarer) {
          rarest = label;
        }
      }
      groups.get(rarest).add(i);
    }
    groups.removeIf(List::isEmpty);
    return groups;
  }

  /** The sum of the average precisions of the classes that both parts show. */
  private double precision(Hyperplanes planes, int... held) {
    double[] precisions =
        IntStream.range(0, labels.classes().size())
            .parallel()
            .mapToDouble(label -> precision(planes, label, held))
            .toArray();
    if (DoubleStream.of(precisions).allMatch(Double::isNaN)) {
      throw new VerydeepException(
          "To choose C, a class must be shown by two images or more; of the classes of "
              + labels
              + " none is. Give it: cost(...).");
    }
    double sum = 0;
    for (double precision : precisions) {
      sum += Double.isNaN(precision) ? 0 : precision;
    }
    return sum;
  }

  private double precision(Hyperplanes planes, int label, int... held) {
    int[] clear =
        IntStream.of(held)
            .filter(i -> labels.presence(i, label) != MultiLabelImages.Presence.DIFFICULT)
            .toArray();
    boolean[] shows = new boolean[clear.length];
    boolean any = false;
    for (int i = 0; i < clear.length; i++) {
      shows[i] = labels.presence(clear[i], label) == MultiLabelImages.Presence.SHOWN;
      any |= shows[i];
    }
    if (!any || planes.weights(label) == null) {
      return Double.NaN;
    }
    double[] scores =
        Arrays.stream(clear).mapToDouble(i -> planes.decide(label, features.shared(i))).toArray();
    return AveragePrecision.areaUnderCurve(AveragePrecision.ranked(scores, shows));
  }
}
