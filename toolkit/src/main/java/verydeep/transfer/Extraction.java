package verydeep.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.TestViews;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.ActivationReader;
import verydeep.internal.inference.ProgressLine;
import verydeep.internal.passes.ForwardPass;
import verydeep.weights.Checkpoint;

/**
 * One extraction of the features of some layers, in parts of the images: what a cache has comes
 * from there, what it lacks is computed in one pass. The network is loaded when the first image
 * needs it.
 */
final class Extraction implements AutoCloseable {

  /**
   * How many images are cached together: a few seconds of work for D at Q=160, two minutes at
   * Q=512. It is a multiple of how many go through the network together, so that stopping changes
   * no digit.
   */
  static final int TOGETHER = 128;

  private final Checkpoint checkpoint;
  private final Arithmetic arithmetic;
  private final TestViews views;
  private final List<String> layers;
  private final ProgressLine progress;
  private ForwardPass pass;

  Extraction(
      Checkpoint checkpoint,
      Arithmetic arithmetic,
      TestViews views,
      List<String> layers,
      ProgressLine progress) {
    this.checkpoint = checkpoint;
    this.arithmetic = arithmetic;
    this.views = views;
    this.layers = layers;
    this.progress = progress;
  }

  /**
   * The activations by layer and scale.
   *
   * @param images all images
   * @param cache where they are cached; null for none
   */
  Map<Tap, ImageActivations> run(Images images, FeatureCache cache) {
    Map<Tap, List<ImageActivations>> parts = new LinkedHashMap<>();
    for (int from = 0; from < images.size(); from += TOGETHER) {
      int to = Math.min(from + TOGETHER, images.size());
      Images some = images.subset(IntStream.range(from, to).toArray());
      progress.show(text(layers, some), from, images.size());
      FeatureCache.Part kept = cache == null ? null : cache.part(some);
      Map<Tap, ImageActivations> found = new LinkedHashMap<>();
      for (Map.Entry<List<String>, List<Integer>> work : missing(kept, found).entrySet()) {
        Map<Tap, ImageActivations> made;
        try {
          made = pass(some, from, images.size(), work.getKey(), work.getValue());
        } catch (CancellationException e) {
          throw stopped(cache, from, images.size());
        }
        if (kept != null) {
          made.forEach(kept::write);
        }
        found.putAll(made);
      }
      found.forEach((tap, part) -> parts.computeIfAbsent(tap, t -> new ArrayList<>()).add(part));
    }
    Map<Tap, ImageActivations> all = new LinkedHashMap<>();
    parts.forEach((tap, some) -> all.put(tap, ImageActivations.joined(some)));
    return all;
  }

  private static CancellationException stopped(FeatureCache cache, int done, int of) {
    return new CancellationException(
        cache == null
            ? "Stopped before the features of all %d images were there. ".formatted(of)
                + "Without cache(...) none is kept, and the same call begins again."
            : "Stopped; the features of %d of %d images are in %s, and the same call goes on there."
                .formatted(done, of, cache));
  }

  /** Scales by the layers that they lack; what is there is put into {@code found}. */
  private Map<List<String>, List<Integer>> missing(
      FeatureCache.Part kept, Map<Tap, ImageActivations> found) {
    Map<List<String>, List<Integer>> missing = new LinkedHashMap<>();
    for (int scale : views.scales().stream().distinct().toList()) {
      List<String> lacking = new ArrayList<>();
      for (String layer : layers) {
        Tap tap = new Tap(layer, scale);
        ImageActivations there = kept == null ? null : kept.read(tap);
        if (there == null) {
          lacking.add(layer);
        } else {
          found.put(tap, there);
        }
      }
      if (!lacking.isEmpty()) {
        missing.computeIfAbsent(lacking, l -> new ArrayList<>()).add(scale);
      }
    }
    return missing;
  }

  /** One pass over some images. */
  private Map<Tap, ImageActivations> pass(
      Images images, int before, int all, List<String> layers, List<Integer> scales) {
    long start = System.nanoTime();
    if (pass == null) {
      pass = Arithmetics.load(arithmetic, checkpoint.parameters());
    }
    TestViews some = new TestViews(views.view(), scales, views.flipped());
    TapVectors found = new TapVectors(layers, scales, false);
    new ActivationReader(pass, checkpoint.preprocessing(), some, layers)
        .read(
            images,
            (index, activations) -> {
              found.accept(index, activations);
              progress.show(text(layers, images), before + index + 1, all);
            });
    double seconds = (System.nanoTime() - start) / 1e9;
    double pixels = scales.stream().mapToDouble(q -> (double) q * q).sum();
    Map<Tap, ImageActivations> made = new LinkedHashMap<>();
    found
        .part()
        .vectors()
        .forEach(
            (tap, rows) -> {
              double share = tap.scale() * (double) tap.scale() / pixels;
              made.put(tap, new ImageActivations(rows, share * seconds, pass.arithmetic()));
            });
    return made;
  }

  private static String text(List<String> layers, Images images) {
    String what = layers.size() == 1 ? layers.get(0) : layers.size() + " layers";
    return "features, " + what + images.leftOut();
  }

  @Override
  public void close() {
    if (pass != null) {
      pass.close();
    }
  }
}
