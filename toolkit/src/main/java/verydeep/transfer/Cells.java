package verydeep.transfer;

import verydeep.network.NetworkSummary;

/**
 * Where the cells of a map lie along one side of an image, as fractions of that side. The outermost
 * reach to the image's ends.
 *
 * @param count how many there are
 * @param first where the first one's center lies
 * @param distance between the centers of neighbors; below 0 if they are counted from the end
 */
record Cells(int count, double first, double distance) {

  /** Around the centers of a layer's receptive fields. */
  static Cells of(NetworkSummary.Row layer, int count, int side) {
    double center = layer.offset() + layer.receptiveField() / 2.0;
    return new Cells(count, center / side, (double) layer.stride() / side);
  }

  Cells flipped() {
    return new Cells(count, 1 - first, -distance);
  }

  /** Where a cell begins or ends, whichever comes first. */
  private double begin(int cell) {
    int lowest = distance > 0 ? 0 : count - 1;
    return cell == lowest ? 0 : first + cell * distance - Math.abs(distance) / 2;
  }

  private double end(int cell) {
    int highest = distance > 0 ? count - 1 : 0;
    return cell == highest ? 1 : first + cell * distance + Math.abs(distance) / 2;
  }

  /**
   * How much of each cell lies in each of others.
   *
   * @return for each cell its shares, whose sum is 1
   */
  double[][] shares(Cells others) {
    double[][] shares = new double[count][others.count];
    for (int i = 0; i < count; i++) {
      double length = end(i) - begin(i);
      for (int j = 0; j < others.count; j++) {
        double common = Math.min(end(i), others.end(j)) - Math.max(begin(i), others.begin(j));
        shares[i][j] = Math.max(0, common) / length;
      }
    }
    return shares;
  }
}
