package verydeep.transfer;

import java.util.Arrays;
import java.util.List;
import verydeep.internal.inference.MeanActivations;

/** How the vector of an image comes from the activations of its views (appendix B). */
final class FeatureVectors {

  private FeatureVectors() {}

  /** The mean over the views at a scale: the image and its flipped image. */
  static float[] atScale(List<MeanActivations> activations, int layer, int scale) {
    List<float[]> views =
        activations.stream()
            .filter(activation -> activation.scale() == scale)
            .map(activation -> activation.means().get(layer))
            .toList();
    return averaged(views);
  }

  /** Vectors of one length, averaged. */
  static float[] averaged(List<float[]> vectors) {
    float[] mean = new float[vectors.get(0).length];
    for (float[] vector : vectors) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector[i] / vectors.size();
      }
    }
    return mean;
  }

  /** One vector after the other. */
  static float[] concatenated(List<float[]> vectors) {
    float[] all = new float[vectors.stream().mapToInt(vector -> vector.length).sum()];
    int at = 0;
    for (float[] vector : vectors) {
      System.arraycopy(vector, 0, all, at, vector.length);
      at += vector.length;
    }
    return all;
  }

  /** One vector after the other, divided by the length of both. */
  static float[] stacked(float[] one, float[] other) {
    return UnitLength.of(concatenated(Arrays.asList(one, other)));
  }
}
