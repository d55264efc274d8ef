package verydeep.internal.inference;

import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;

/** What it costs to show a network its views of an image: to choose who computes. */
public final class Work {

  private Work() {}

  /**
   * What one image costs, up to a layer. Crops count as the network's window each, whole images as
   * squares.
   *
   * @param views what is shown of an image
   * @param network the network
   * @param layer the last layer that is wanted
   * @return multiply-accumulate operations
   */
  public static double multiplications(TestViews views, Vgg network, String layer) {
    double sum = 0;
    boolean whole = views.view() instanceof View.Dense;
    for (int scale : views.scales()) {
      int side = whole ? Math.max(network.smallestImage(), scale) : window(network);
      sum +=
          network.summary(side, side).rows().stream()
              .limit(network.activationIndex(layer) + 1L)
              .mapToDouble(NetworkSummary.Row::macs)
              .sum();
    }
    return views.view().parts() * (views.flipped() ? 2 : 1) * sum;
  }

  /** The side of a crop: what the network was trained on, or the least that convolutions take. */
  static int window(Vgg network) {
    return network.convolutionsOnly() ? network.smallestImage() : network.input();
  }
}
