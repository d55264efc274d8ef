package verydeep.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.data.RgbImage;
import verydeep.internal.passes.LayerGradients;
import verydeep.weights.Checkpoint;

/**
 * Saliency: how much a class's score changes with each pixel, the magnitude of its gradient, the
 * largest of the three channels (K. Simonyan, A. Vedaldi, A. Zisserman, <i>Deep Inside
 * Convolutional Networks</i>, 2013, section 3.1). The score is that before the soft-max, averaged
 * over the places of the fully convolutional form.
 *
 * <pre>{@code
 * System.out.println(Saliency.of(checkpoint).run(image));
 * }</pre>
 */
public final class Saliency {

  private final Checkpoint checkpoint;
  private final int scale;

  private Saliency(Checkpoint checkpoint, int scale) {
    this.checkpoint = checkpoint;
    this.scale = scale;
  }

  /**
   * Starts with the scale of the network's input.
   *
   * @param checkpoint a network with classes
   * @return the settings
   * @throws VerydeepException if the network has no classes
   */
  public static Saliency of(Checkpoint checkpoint) {
    NetworkInput.checkClasses(checkpoint, "Saliency needs");
    return new Saliency(checkpoint, NetworkInput.usualScale(checkpoint.network()));
  }

  /**
   * The scale Q that the image is rescaled to.
   *
   * @param smallestSide in pixels; the network's input by default
   * @return changed settings
   * @throws verydeep.network.ImageTooSmallException if it is below the network's input
   */
  public Saliency scale(int smallestSide) {
    checkpoint.network().checkImage(smallestSide, smallestSide);
    return new Saliency(checkpoint, smallestSide);
  }

  /**
   * Computes the maps of an image.
   *
   * @param image the image
   * @param classes their names; if none is given, the three with the highest scores
   * @return a map for each class over the rescaled image, a cell per pixel, in units of the score
   *     per unit of the network's input; the scores are posteriors
   * @throws VerydeepException if there is no such class
   */
  public Attribution run(RgbImage image, String... classes) {
    RgbImage rescaled = Objects.requireNonNull(image, "image").rescale(scale);
    List<AttributionMap> maps = new ArrayList<>();
    try (ScoreGradients gradients = new ScoreGradients(checkpoint, rescaled, List.of())) {
      float[] posteriors = gradients.posteriors();
      for (int label : ClassChoice.of(checkpoint.classNames(), classes, posteriors)) {
        maps.add(
            AttributionMap.of(
                checkpoint.classNames().get(label),
                posteriors[label],
                0,
                AttributionMap.Grid.pixels(rescaled.height(), rescaled.width()),
                largest(gradients.gradient(label, LayerGradients.INPUT))));
      }
    }
    return Attribution.of(
        "Saliency of VGG %s, Q=%d".formatted(checkpoint.network().label(), scale),
        "score per unit of a pixel",
        rescaled,
        Classification.Kind.POSTERIOR,
        maps);
  }

  private static float[] largest(float[] gradient) {
    int places = gradient.length / 3;
    float[] map = new float[places];
    for (int i = 0; i < gradient.length; i++) {
      map[i % places] = Math.max(map[i % places], Math.abs(gradient[i]));
    }
    return map;
  }

  /** Returns network and scale. */
  @Override
  public String toString() {
    return "Saliency of VGG " + checkpoint.network().label() + ", Q=" + scale;
  }
}
