package verydeep.internal.cpu;

import verydeep.network.Layer;
import verydeep.network.MapShape;

/** A layer that works on one pixel's channels: A-LRN's normalization, or a ReLU alone. */
final class PixelStep implements Step {

  private final Layer layer;

  PixelStep(Layer.LocalResponseNormalization layer) {
    this.layer = layer;
  }

  PixelStep(Layer.Relu layer) {
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

  private void row(Maps in, Maps out, int image, int row) {
    if (layer instanceof Layer.LocalResponseNormalization normalization) {
      normalize(normalization, in, out, image, row);
      return;
    }
    int numbers = out.shape().width() * out.pixel();
    for (int plane = 0; plane < out.planes(); plane++) {
      int at = in.at(image, plane, row, 0);
      int to = out.at(image, plane, row, 0);
      for (int i = 0; i < numbers; i++) {
        out.data()[to + i] = Math.max(0, in.data()[at + i]);
      }
    }
  }

  private static void normalize(
      Layer.LocalResponseNormalization layer, Maps in, Maps out, int image, int row) {
    int channels = out.shape().channels();
    int pixel = out.pixel();
    float[] x = new float[channels];
    float[] y = new float[out.planes() * pixel]; // zeros at its end pad the last plane
    for (int column = 0; column < out.shape().width(); column++) {
      for (int c = 0; c < channels; c += pixel) {
        int at = in.at(image, c / pixel, row, column);
        System.arraycopy(in.data(), at, x, c, Math.min(pixel, channels - c));
      }
      normalize(layer, x, y);
      for (int c = 0; c < channels; c += pixel) {
        System.arraycopy(y, c, out.data(), out.at(image, c / pixel, row, column), pixel);
      }
    }
  }

  /** Normalizes as in Krizhevsky et al. (2012), section 3.3, summing over neighbors in 64 bits. */
  private static void normalize(Layer.LocalResponseNormalization layer, float[] x, float[] y) {
    int channels = x.length;
    int reach = layer.neighbours() / 2;
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int i = Math.max(0, c - reach); i <= Math.min(channels - 1, c + reach); i++) {
        sum += (double) x[i] * x[i];
      }
      y[c] = (float) (x[c] / power(layer, layer.k() + layer.alpha() * sum));
    }
  }

  /** Returns a number to the power of beta. */
  static double power(Layer.LocalResponseNormalization layer, double base) {
    double root = Math.sqrt(base);
    return layer.beta() == 0.75 ? root * Math.sqrt(root) : StrictMath.pow(base, layer.beta());
  }

  @Override
  public void backward(Maps in, Maps out, Maps gradient, Maps to, Team team, Workspace workspace) {
    if (layer instanceof Layer.LocalResponseNormalization normalization) {
      to.clearBorders(team);
      LearnedNormalization.backward(normalization, false, in, gradient, to, team);
    } else {
      to.copyFrom(gradient, team);
      to.maskBy(out, team);
    }
  }

  @Override
  public String toString() {
    return layer.name();
  }
}
