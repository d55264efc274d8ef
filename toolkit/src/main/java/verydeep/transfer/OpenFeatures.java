package verydeep.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import verydeep.cpu.Arithmetic;
import verydeep.data.RgbImage;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.MeanActivations;
import verydeep.internal.inference.OpenNetwork;
import verydeep.internal.inference.Work;
import verydeep.weights.Checkpoint;

/** Networks with their weights loaded, which make a vector of any image; from any thread. */
final class OpenFeatures implements AutoCloseable {

  private final List<FeatureSource.Step> steps;
  private final Map<FeatureSource.Extract, OpenNetwork> open = new LinkedHashMap<>();

  /** By the arithmetic that pays for a number of images, which may be infinite. */
  static OpenFeatures forImages(double images, FeatureSource source) {
    return new OpenFeatures(
        source,
        extract -> {
          Checkpoint checkpoint = source.networks().get(extract.network());
          double work = Work.multiplications(views(extract), checkpoint.network(), extract.layer());
          return Arithmetics.forWork(checkpoint.parameters(), images * work);
        });
  }

  static OpenFeatures by(Arithmetic arithmetic, FeatureSource source) {
    return new OpenFeatures(source, extract -> arithmetic);
  }

  private OpenFeatures(
      FeatureSource source, Function<FeatureSource.Extract, Arithmetic> arithmetic) {
    this.steps = source.steps();
    try {
      for (FeatureSource.Step step : steps) {
        if (step instanceof FeatureSource.Extract extract && !open.containsKey(extract)) {
          Checkpoint checkpoint = source.networks().get(extract.network());
          checkpoint.network().layer(extract.layer());
          open.put(
              extract,
              new OpenNetwork(
                  arithmetic.apply(extract),
                  checkpoint.parameters(),
                  checkpoint.preprocessing(),
                  views(extract),
                  List.of(extract.layer())));
        }
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static TestViews views(FeatureSource.Extract extract) {
    List<Integer> scales = extract.scales().stream().distinct().toList();
    return new TestViews(View.dense(), scales, extract.flipped());
  }

  /** The vector of an image, with the bits that an extraction would give it. */
  float[] vector(RgbImage image, String name) {
    Deque<float[]> stack = new ArrayDeque<>();
    for (FeatureSource.Step step : steps) {
      if (step instanceof FeatureSource.Extract extract) {
        stack.push(extracted(extract, open.get(extract).run(image, name)));
      } else {
        float[] second = stack.pop();
        stack.push(FeatureVectors.stacked(stack.pop(), second));
      }
    }
    return stack.pop();
  }

  private static float[] extracted(
      FeatureSource.Extract extract, List<MeanActivations> activations) {
    List<float[]> byScale =
        extract.scales().stream()
            .map(scale -> FeatureVectors.atScale(activations, 0, scale))
            .toList();
    return UnitLength.of(
        extract.averaged()
            ? FeatureVectors.averaged(byScale)
            : FeatureVectors.concatenated(byScale));
  }

  String arithmetic() {
    return open.values().stream()
        .map(OpenNetwork::arithmetic)
        .distinct()
        .collect(Collectors.joining(" & "));
  }

  long bytes() {
    return open.values().stream().mapToLong(OpenNetwork::bytes).sum();
  }

  @Override
  public void close() {
    open.values().forEach(OpenNetwork::close);
  }
}
