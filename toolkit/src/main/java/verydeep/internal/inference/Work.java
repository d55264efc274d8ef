package verydeep.internal.inference;

import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;

/** The cost of a network's views of an image, which determines the choice of the arithmetic. */
public final class Work {

  private Work() {}

  /**
   * Returns the cost of one image up to a layer. Each crop counts as the network's window, whole
   * images count as squares.
   *
   * @param views the views of an image
   * @param network the network
   * @param layer the last layer to compute
   * @return the number of multiply-accumulate operations
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

  /**
   * Returns the side of a crop: what the network was trained on, or the minimum for convolutions.
   */
  public static int window(Vgg network) {
    return network.convolutionsOnly() ? network.smallestImage() : network.input();
  }
}
