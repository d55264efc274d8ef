package verydeep.localization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.cpu.Arithmetic;
import verydeep.data.RgbImage;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.ShapeBatches;
import verydeep.internal.passes.ForwardPass;
import verydeep.internal.passes.TimedPass;
import verydeep.weights.Checkpoint;

/** A classifier and localization networks with their weights loaded, ready for dense passes. */
final class DensePasses implements AutoCloseable {

  private final Checkpoint classifier;
  private final List<Localizer> localizers;
  private final List<Integer> scales;
  private final boolean flipped;

  /** The classifier first. */
  private final List<TimedPass> open = new ArrayList<>();

  DensePasses(
      Checkpoint classifier,
      List<Localizer> localizers,
      List<Integer> scales,
      boolean flipped,
      List<Arithmetic> arithmetics) {
    this.classifier = classifier;
    this.localizers = localizers;
    this.scales = scales;
    this.flipped = flipped;
    try {
      open.add(loaded(arithmetics.get(0), classifier));
      for (int i = 0; i < localizers.size(); i++) {
        open.add(loaded(arithmetics.get(i + 1), localizers.get(i).checkpoint()));
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static TimedPass loaded(Arithmetic arithmetic, Checkpoint checkpoint) {
    return new TimedPass(Arithmetics.load(arithmetic, checkpoint.parameters()));
  }

  /** An image in its original size and at each scale. */
  record Rescaled(RgbImage image, Map<Integer, RgbImage> byScale) {}

  /** Rescales an image; may run on another thread. */
  Rescaled rescaled(RgbImage image) {
    Map<Integer, RgbImage> byScale = new LinkedHashMap<>();
    scales.forEach(scale -> byScale.put(scale, image.rescale(scale)));
    return new Rescaled(image, byScale);
  }

  /** Returns the views of some images, which go through the networks together. */
  List<List<BoxMerging.BoxMap>> views(List<Rescaled> images) {
    List<List<Seen>> byImage = images.stream().map(this::seen).toList();
    List<Seen> all = byImage.stream().flatMap(List::stream).toList();
    List<DenseView.Places> scores = run(0, classifier, all);
    List<List<DenseView.Places>> boxes = new ArrayList<>();
    for (int i = 0; i < localizers.size(); i++) {
      boxes.add(run(i + 1, localizers.get(i).checkpoint(), all));
    }
    String[] classes = classifier.classNames().toArray(String[]::new);
    List<List<BoxMerging.BoxMap>> views = new ArrayList<>();
    int k = 0;
    for (int image = 0; image < images.size(); image++) {
      List<BoxMerging.BoxMap> theirs = new ArrayList<>();
      for (Seen seen : byImage.get(image)) {
        for (int i = 0; i < localizers.size(); i++) {
          DenseView.Places places = boxes.get(i).get(k);
          theirs.add(
              new DenseView(seen.frame(), localizers.get(i), classes, scores.get(k), places));
        }
        k++;
      }
      views.add(theirs);
    }
    return views;
  }

  /** An image as the networks see it, and how it was made. */
  private record Seen(DenseView.Frame frame, RgbImage image) {}

  private List<Seen> seen(Rescaled rescaled) {
    int width = rescaled.image().width();
    int height = rescaled.image().height();
    List<Seen> seen = new ArrayList<>();
    rescaled
        .byScale()
        .forEach(
            (scale, image) -> {
              seen.add(new Seen(new DenseView.Frame(width, height, scale, false), image));
              if (flipped) {
                DenseView.Frame frame = new DenseView.Frame(width, height, scale, true);
                seen.add(new Seen(frame, image.flip()));
              }
            });
    return seen;
  }

  private List<DenseView.Places> run(int network, Checkpoint checkpoint, List<Seen> seen) {
    return new ShapeBatches(open.get(network), checkpoint.preprocessing(), List.of("fc8"))
        .run(
            seen.stream().map(Seen::image).toList(),
            (layers, i) -> DenseView.Places.of(layers.get(0), i));
  }

  /** Returns what computes; where the networks differ, all of it. */
  String arithmetic() {
    return String.join("; ", open.stream().map(ForwardPass::arithmetic).distinct().toList());
  }

  /** Returns the seconds that the networks have computed since they were loaded. */
  double computing() {
    return open.stream().mapToDouble(TimedPass::seconds).sum();
  }

  @Override
  public void close() {
    open.forEach(ForwardPass::close);
  }
}
