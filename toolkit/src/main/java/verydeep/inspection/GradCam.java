package verydeep.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.data.RgbImage;
import verydeep.internal.passes.Activations;
import verydeep.network.MapShape;
import verydeep.network.NetworkSummary;
import verydeep.weights.Checkpoint;

/**
 * Grad-CAM: where the maps of a convolution speak for a class. Each channel's map counts by the
 * mean gradient of the class's score with respect to it; their sum, where it is above 0, is the map
 * (R. Selvaraju et al., <i>Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
 * Localization</i>, 2017, equations 1 and 2). The score is that before the soft-max, averaged over
 * the places of the fully convolutional form.
 *
 * <pre>{@code
 * var cam = GradCam.of(checkpoint).layer("conv5_2").run(image);
 * Pictures.attribution(cam).write("target/cam.png");
 * }</pre>
 */
public final class GradCam {

  private final Checkpoint checkpoint;
  private final String layer;
  private final int scale;

  private GradCam(Checkpoint checkpoint, String layer, int scale) {
    this.checkpoint = checkpoint;
    this.layer = layer;
    this.scale = scale;
  }

  /**
   * Starts with the last convolution, whose maps know most about classes, at the scale of the
   * network's input.
   *
   * @param checkpoint a network with classes
   * @return the settings
   * @throws VerydeepException if the network has no classes
   */
  public static GradCam of(Checkpoint checkpoint) {
    NetworkInput.checkClasses(checkpoint, "Grad-CAM needs");
    List<String> convolutions = NetworkInput.convolutions(checkpoint.network());
    String last = convolutions.get(convolutions.size() - 1);
    return new GradCam(checkpoint, last, NetworkInput.usualScale(checkpoint.network()));
  }

  /**
   * Which convolution's maps are weighed; its activations are those after the ReLU.
   *
   * @param name a convolution; the last one by default
   * @return changed settings
   * @throws VerydeepException if it is no convolution
   * @throws VerydeepException if the network has no such layer
   */
  public GradCam layer(String name) {
    NetworkInput.checkConvolution(checkpoint.network(), name, "Grad-CAM weighs the maps of");
    return new GradCam(checkpoint, name, scale);
  }

  /**
   * The scale Q that the image is rescaled to.
   *
   * @param smallestSide in pixels; the network's input by default
   * @return changed settings
   * @throws verydeep.network.ImageTooSmallException if it is below the network's input
   */
  public GradCam scale(int smallestSide) {
    checkpoint.network().checkImage(smallestSide, smallestSide);
    return new GradCam(checkpoint, layer, smallestSide);
  }

  /**
   * Computes the maps of an image.
   *
   * @param image the image
   * @param classes their names; if none is given, the three with the highest scores
   * @return a map for each class over the rescaled image; the scores are posteriors
   * @throws VerydeepException if there is no such class
   */
  public Attribution run(RgbImage image, String... classes) {
    RgbImage rescaled = Objects.requireNonNull(image, "image").rescale(scale);
    List<AttributionMap> maps = new ArrayList<>();
    try (ScoreGradients gradients = new ScoreGradients(checkpoint, rescaled, List.of(layer))) {
      float[] posteriors = gradients.posteriors();
      Activations activations = gradients.activations(layer);
      for (int label : ClassChoice.of(checkpoint.classNames(), classes, posteriors)) {
        float[] map = weighed(activations, gradients.gradient(label, layer));
        String name = checkpoint.classNames().get(label);
        maps.add(AttributionMap.of(name, posteriors[label], 0, grid(rescaled), map));
      }
    }
    return Attribution.of(
        "Grad-CAM at %s of VGG %s, Q=%d".formatted(layer, checkpoint.network().label(), scale),
        "relative to the highest",
        rescaled,
        Classification.Kind.POSTERIOR,
        maps);
  }

  private static float[] weighed(Activations activations, float[] gradient) {
    MapShape shape = activations.shape();
    int places = shape.height() * shape.width();
    double[] sum = new double[places];
    for (int channel = 0; channel < shape.channels(); channel++) {
      double weight = 0;
      for (int i = 0; i < places; i++) {
        weight += gradient[channel * places + i];
      }
      weight /= places;
      for (int i = 0; i < places; i++) {
        sum[i] += weight * activations.values()[channel * places + i];
      }
    }
    float[] map = new float[places];
    for (int i = 0; i < places; i++) {
      map[i] = (float) Math.max(0, sum[i]);
    }
    return map;
  }

  /** The cells of a layer lie at the centers of their receptive fields. */
  private AttributionMap.Grid grid(RgbImage image) {
    NetworkSummary.Row row = checkpoint.network().summary(image.height(), image.width()).row(layer);
    double first = row.offset() + row.receptiveField() / 2.0;
    return new AttributionMap.Grid(
        row.output().height(), row.output().width(), first, first, row.stride(), row.stride());
  }

  /** Returns layer, network and scale. */
  @Override
  public String toString() {
    return "Grad-CAM at " + layer + " of VGG " + checkpoint.network().label() + ", Q=" + scale;
  }
}
