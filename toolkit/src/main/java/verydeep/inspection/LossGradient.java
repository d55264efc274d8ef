package verydeep.inspection;

import java.util.HashMap;
import java.util.Map;
import verydeep.internal.passes.Activations;

/** The gradient of a loss at an image's pixels and its activations, as terms add theirs. */
final class LossGradient {

  private final float[] pixels;
  private final Map<String, float[]> layers = new HashMap<>();

  LossGradient(int size) {
    pixels = new float[size];
  }

  /** At the levels of the pixels, to be added to. */
  float[] pixels() {
    return pixels;
  }

  /** At the activations of a layer, to be added to. */
  float[] at(Activations layer) {
    return layers.computeIfAbsent(layer.layer(), name -> new float[layer.values().length]);
  }

  Map<String, float[]> layers() {
    return layers;
  }
}
