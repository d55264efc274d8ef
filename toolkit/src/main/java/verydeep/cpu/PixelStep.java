package verydeep.cpu;

import verydeep.network.Layer;
import verydeep.network.MapShape;

/** A layer that looks at one pixel's channels: A-LRN's normalisation, or a rectifier alone. */
final class PixelStep implements Step {

  private final Layer layer;

  PixelStep(Layer.LocalResponseNormalization layer) {
    this.layer = layer;
  }

  PixelStep(Layer.Rectifier layer) {
    this.layer = layer;
  }

  @Override
  public MapShape output(MapShape input) {
    return input;
  }

  @Override
  public void run(Maps in, Maps out, Team team, Workspace workspace) {
    int rows = out.shape().height();
    for (int picture = 0; picture < out.pictures(); picture++) {
      out.clearBorder(picture);
    }
    team.run(out.pictures() * rows, (index, member) -> row(in, out, index / rows, index % rows));
  }

  private void row(Maps in, Maps out, int picture, int row) {
    for (int column = 0; column < out.shape().width(); column++) {
      int at = in.at(picture, row, column);
      int to = out.at(picture, row, column);
      if (layer instanceof Layer.LocalResponseNormalization normalization) {
        normalize(normalization, in.data(), at, out.data(), to, out.shape().channels());
      } else {
        for (int c = 0; c < out.pixel(); c++) {
          out.data()[to + c] = Math.max(0, in.data()[at + c]);
        }
      }
    }
  }

  /** Krizhevsky et al. 2012, section 3.3; the sum over neighbours in 64 bits. */
  private static void normalize(
      Layer.LocalResponseNormalization layer, float[] x, int at, float[] y, int to, int channels) {
    int reach = layer.neighbours() / 2;
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int i = Math.max(0, c - reach); i <= Math.min(channels - 1, c + reach); i++) {
        sum += (double) x[at + i] * x[at + i];
      }
      double base = layer.k() + layer.alpha() * sum;
      double root = Math.sqrt(base);
      double divisor = layer.beta() == 0.75 ? root * Math.sqrt(root) : Math.pow(base, layer.beta());
      y[to + c] = (float) (x[at + c] / divisor);
    }
  }

  @Override
  public String toString() {
    return layer.name();
  }
}
