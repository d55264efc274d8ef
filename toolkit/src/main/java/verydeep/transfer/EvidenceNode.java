package verydeep.transfer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import verydeep.data.RgbImage;
import verydeep.internal.inference.MeanActivations;

/**
 * How the vector of an image came from the maps of its views, step by step, so that a decision can
 * be traced back to their cells: once the lengths that vectors were divided by are known, all else
 * is linear.
 */
final class EvidenceNode {

  private final float[] vector;
  private final double length;
  private final FeatureSource.Extract extract;
  private final List<ViewEvidence> views;
  private final List<EvidenceNode> parts;

  private EvidenceNode(
      float[] whole,
      FeatureSource.Extract extract,
      List<ViewEvidence> views,
      List<EvidenceNode> parts) {
    double squares = 0;
    for (float value : whole) {
      squares += (double) value * value;
    }
    this.length = squares > 0 ? Math.sqrt(squares) : 1;
    this.vector = UnitLength.of(whole);
    this.extract = extract;
    this.views = views;
    this.parts = parts;
  }

  static EvidenceNode of(FeatureSource source, RgbImage image) {
    Deque<EvidenceNode> stack = new ArrayDeque<>();
    for (FeatureSource.Step step : source.steps()) {
      if (step instanceof FeatureSource.Extract extract) {
        List<ViewEvidence> views =
            ViewEvidence.of(extract, source.networks().get(extract.network()), image);
        stack.push(new EvidenceNode(whole(extract, views), extract, views, List.of()));
      } else {
        EvidenceNode second = stack.pop();
        EvidenceNode first = stack.pop();
        float[] both = FeatureVectors.concatenated(Arrays.asList(first.vector, second.vector));
        stack.push(new EvidenceNode(both, null, List.of(), List.of(first, second)));
      }
    }
    return stack.pop();
  }

  private static float[] whole(FeatureSource.Extract extract, List<ViewEvidence> views) {
    List<MeanActivations> means = views.stream().map(ViewEvidence::means).toList();
    List<float[]> byScale =
        extract.scales().stream().map(q -> FeatureVectors.atScale(means, 0, q)).toList();
    return extract.averaged()
        ? FeatureVectors.averaged(byScale)
        : FeatureVectors.concatenated(byScale);
  }

  /** The vector that a classifier decides on. */
  float[] vector() {
    return vector;
  }

  List<ViewEvidence> views() {
    List<ViewEvidence> all = new ArrayList<>(views);
    parts.forEach(part -> all.addAll(part.views()));
    return all;
  }

  /**
   * Traces weights of the vector back to the views.
   *
   * @param weights one for each number of the vector
   * @param sink receives each view with the weights of its channels
   */
  void trace(double[] weights, BiConsumer<ViewEvidence, double[]> sink) {
    double[] own = new double[weights.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = weights[i] / length;
    }
    int at = 0;
    for (EvidenceNode part : parts) {
      part.trace(Arrays.copyOfRange(own, at, at + part.vector.length), sink);
      at += part.vector.length;
    }
    if (extract != null) {
      traceViews(own, sink);
    }
  }

  private void traceViews(double[] weights, BiConsumer<ViewEvidence, double[]> sink) {
    List<Integer> scales = extract.scales();
    int channels = weights.length / (extract.averaged() ? 1 : scales.size());
    for (int s = 0; s < scales.size(); s++) {
      int from = extract.averaged() ? 0 : s * channels;
      List<ViewEvidence> same = new ArrayList<>(views);
      int scale = scales.get(s);
      same.removeIf(view -> view.scale() != scale);
      double share = same.size() * (extract.averaged() ? scales.size() : 1.0);
      double[] each = Arrays.copyOfRange(weights, from, from + channels);
      for (int i = 0; i < each.length; i++) {
        each[i] /= share;
      }
      same.forEach(view -> sink.accept(view, each));
    }
  }
}
