package verydeep.transfer;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.weights.Checkpoint;

/**
 * How features are made of the activations at each scale.
 *
 * @param checkpoint the network
 * @param flipped whether the flipped images were shown too
 * @param averaged whether several scales are averaged rather than concatenated
 */
record FeatureAssembly(Checkpoint checkpoint, boolean flipped, boolean averaged) {

  /** Returns the features of images, all of which could be read. */
  Features of(
      Images images, String layer, List<Integer> scales, Map<Tap, ImageActivations> activations) {
    TestViews views = new TestViews(View.dense(), scales, flipped);
    boolean boxes = images.size() > 0 && images.box(0).isPresent();
    boolean means = averaged && scales.size() > 1;
    List<ImageActivations> byScale =
        scales.stream().map(q -> activations.get(new Tap(layer, q))).toList();
    ImageActivations all =
        averaged ? ImageActivations.averaged(byScale) : ImageActivations.stacked(byScale);
    FeatureFacts facts =
        new FeatureFacts(
            layer + " of VGG " + checkpoint.network().label(),
            views + (means ? ", averaged" : "") + (boxes ? ", of boxes" : ""),
            means || boxes ? null : views,
            0,
            "");
    FeatureSource source = FeatureSource.of(checkpoint, layer, scales, flipped, averaged);
    return all.features(facts, source, images);
  }

  /**
   * Returns the features of those images that could be read.
   *
   * @param unreadable why the others could not, by their index
   * @throws VerydeepException if none could be read
   */
  Features of(
      Images images,
      SortedMap<Integer, String> unreadable,
      String layer,
      List<Integer> scales,
      Map<Tap, ImageActivations> activations) {
    if (unreadable.isEmpty()) {
      return of(images, layer, scales, activations);
    }
    List<Skipped> skipped =
        unreadable.entrySet().stream()
            .map(one -> new Skipped(images.file(one.getKey()), one.getValue()))
            .toList();
    if (skipped.size() == images.size()) {
      throw new VerydeepException(
          "None of the %d images could be read, the first: %s: %s"
              .formatted(skipped.size(), skipped.get(0).file(), skipped.get(0).reason()));
    }
    int[] readable =
        IntStream.range(0, images.size()).filter(i -> !unreadable.containsKey(i)).toArray();
    return of(images.subset(readable), layer, scales, activations).skipping(skipped);
  }
}
