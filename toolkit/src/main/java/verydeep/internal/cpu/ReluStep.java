package verydeep.internal.cpu;

import verydeep.network.Layer;
import verydeep.network.MapShape;

/** A ReLU that no convolution includes. */
final class ReluStep implements Step {

  private final Layer.Relu layer;

  ReluStep(Layer.Relu layer) {
    this.layer = layer;
  }

  @Override
  public MapShape output(MapShape input) {
    return input;
  }

  @Override
  public void run(Maps in, Maps out, Team team, Workspace workspace) {
    out.clearBorders(team);
    int rows = out.shape().height();
    team.run(out.images() * rows, (index, member) -> row(in, out, index / rows, index % rows));
  }

  private static void row(Maps in, Maps out, int image, int row) {
    int numbers = out.shape().width() * out.pixel();
    for (int plane = 0; plane < out.planes(); plane++) {
      int at = in.at(image, plane, row, 0);
      int to = out.at(image, plane, row, 0);
      for (int i = 0; i < numbers; i++) {
        out.data()[to + i] = Math.max(0, in.data()[at + i]);
      }
    }
  }

  @Override
  public void backward(Maps in, Maps out, Maps gradient, Maps to, Team team, Workspace workspace) {
    to.copyFrom(gradient, team);
    to.maskBy(out, team);
  }

  @Override
  public String toString() {
    return layer.name();
  }
}
