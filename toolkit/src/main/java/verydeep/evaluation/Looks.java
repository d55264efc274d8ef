package verydeep.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import verydeep.data.Images;
import verydeep.data.Picture;
import verydeep.data.UnreadablePictureException;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;

/**
 * How pictures are looked at: by which view, at which scales, and whether their mirror images are
 * looked at too.
 *
 * @param view what of a picture is shown
 * @param scales Q, the smallest side of the rescaled picture in pixels, one or more
 * @param mirrored whether the mirror images are shown too
 */
public record Looks(View view, List<Integer> scales, boolean mirrored) {

  /** Checks the scales. */
  public Looks {
    Objects.requireNonNull(view, "view");
    scales = List.copyOf(scales);
    if (scales.isEmpty() || scales.stream().anyMatch(q -> q < 1)) {
      throw new EvaluationException(
          "The scales are " + scales + "; one or more are needed, each at least 1 pixel.");
    }
  }

  /**
   * How often each picture is looked at.
   *
   * @return parts of the view, times scales, times two with mirror images
   */
  public int count() {
    return view.parts() * scales.size() * (mirrored ? 2 : 1);
  }

  /** One look, ready for the network. */
  record Look(int scale, boolean mirrored, Picture picture) {}

  /**
   * What looking at a picture costs, up to a layer: to choose who computes. Crops count as the
   * network's window each, whole pictures as squares.
   *
   * @param network the network
   * @param layer the last layer that is wanted
   * @return multiply-accumulate operations
   */
  public double multiplications(Vgg network, String layer) {
    double sum = 0;
    boolean whole = view instanceof View.Dense;
    for (int scale : scales) {
      int side = whole ? Math.max(network.smallestPicture(), scale) : window(network);
      sum +=
          network.summary(side, side).rows().stream()
              .limit(network.response(layer) + 1L)
              .mapToDouble(NetworkSummary.Row::macs)
              .sum();
    }
    return view.parts() * (mirrored ? 2 : 1) * sum;
  }

  /** The side of a crop: what the network was trained on, or the least that convolutions take. */
  static int window(Vgg network) {
    return network.convolutionsOnly() ? network.smallestPicture() : network.input();
  }

  List<Look> at(Images images, int index, int window) {
    Picture whole = images.picture(index);
    List<Look> looks = new ArrayList<>();
    for (int scale : scales) {
      if (scale < window) {
        throw new EvaluationException(
            "Scale Q="
                + scale
                + " is smaller than the network's window of "
                + window
                + " pixels; use "
                + window
                + " or more.");
      }
      for (Picture part : view.of(rescaled(whole, scale, images.file(index)), window)) {
        looks.add(new Look(scale, false, part));
        if (mirrored) {
          looks.add(new Look(scale, true, part.mirror()));
        }
      }
    }
    return looks;
  }

  /** A very long picture may be too large at Q, and is like one that cannot be read. */
  private static Picture rescaled(Picture whole, int scale, Path file) {
    try {
      return whole.rescale(scale);
    } catch (IllegalArgumentException e) {
      throw new UnreadablePictureException(
          file,
          "%dx%d pixels, too long for Q=%d: %s"
              .formatted(whole.width(), whole.height(), scale, e.getMessage()),
          e);
    }
  }

  /** {@code dense, Q=64,80,96, mirrored}. */
  @Override
  public String toString() {
    String sides = String.join(",", scales.stream().map(String::valueOf).toList());
    return view + ", Q=" + sides + (mirrored ? ", mirrored" : "");
  }
}
