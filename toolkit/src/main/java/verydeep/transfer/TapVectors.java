package verydeep.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import verydeep.data.UnreadableImageException;
import verydeep.internal.inference.ActivationReader;
import verydeep.internal.inference.MeanActivations;

/** Collects the vectors of images at some layers and scales as a network gives them. */
final class TapVectors implements ActivationReader.Sink {

  private final List<String> layers;
  private final List<Integer> scales;
  private final boolean skipping;
  private final Map<Tap, List<float[]>> vectors = new LinkedHashMap<>();
  private final SortedMap<Integer, String> unreadable = new TreeMap<>();

  /** Starts with no image. If not skipping, an unreadable one is an error. */
  TapVectors(List<String> layers, List<Integer> scales, boolean skipping) {
    this.layers = layers;
    this.scales = scales;
    this.skipping = skipping;
    for (String layer : layers) {
      scales.forEach(scale -> vectors.put(new Tap(layer, scale), new ArrayList<>()));
    }
  }

  @Override
  public void accept(int index, List<MeanActivations> activations) {
    for (int i = 0; i < layers.size(); i++) {
      for (int scale : scales) {
        vectors
            .get(new Tap(layers.get(i), scale))
            .add(FeatureVectors.atScale(activations, i, scale));
      }
    }
  }

  @Override
  public void unreadable(int index, UnreadableImageException reason) {
    if (!skipping) {
      throw reason;
    }
    unreadable.put(index, reason.reason());
  }

  ActivationPart part() {
    return new ActivationPart(vectors, unreadable);
  }
}
