package verydeep.internal.cpu;

import verydeep.network.MapShape;

/**
 * Max-pooling that is not merged with a convolution. Its gradient goes to the largest of the four
 * numbers, to the first of equal ones.
 */
final class PoolingStep implements Step {

  @Override
  public MapShape output(MapShape input) {
    return new MapShape(input.channels(), input.height() / 2, input.width() / 2);
  }

  @Override
  public void run(Maps in, Maps out, Team team, Workspace workspace) {
    out.clearBorders(team);
    int planes = out.planes();
    team.run(
        out.images() * planes,
        (index, member) -> {
          for (int row = 0; row < out.shape().height(); row++) {
            row(in, out, index / planes, index % planes, row);
          }
        });
  }

  /** Pools one row. */
  private static void row(Maps in, Maps out, int image, int plane, int row) {
    int at = in.at(image, plane, 2 * row, 0);
    int to = out.at(image, plane, row, 0);
    int width = out.shape().width();
    for (int c = 0; c < out.pixel(); c += GemmKernel.LANES) {
      PoolingKernel.pool(in.data(), at + c, in.row(), out.data(), to + c, in.pixel(), width);
    }
  }

  @Override
  public void backward(Maps in, Maps out, Maps gradient, Maps to, Team team, Workspace workspace) {
    to.clear(team); // an odd last row or column has no maximum
    int rows = out.shape().height();
    int planes = out.planes();
    team.run(
        out.images() * planes * rows,
        (index, member) ->
            row(in, gradient, to, index / rows / planes, index / rows % planes, index % rows));
  }

  private static void row(Maps in, Maps gradient, Maps to, int image, int plane, int row) {
    int used = GemmKernel.used(in.shape().channels() - plane * in.pixel());
    for (int column = 0; column < gradient.shape().width(); column++) {
      int x = in.at(image, plane, 2 * row, 2 * column);
      int y = gradient.at(image, plane, row, column);
      int dx = to.at(image, plane, 2 * row, 2 * column);
      for (int c = 0; c < used; c += GemmKernel.LANES) {
        PoolingKernel.spread(
            in.data(), x + c, in.row(), in.pixel(), gradient.data(), y + c, to.data(), dx + c);
      }
    }
  }

  @Override
  public String toString() {
    return "max-pooling";
  }
}
