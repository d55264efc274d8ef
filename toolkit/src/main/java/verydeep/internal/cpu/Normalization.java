package verydeep.internal.cpu;

import verydeep.network.Layer;
import verydeep.network.MapShape;

/**
 * A-LRN's normalization across channels, as in Krizhevsky et al. (2012), section 3.3, and its
 * gradient. Forward, y_c = x_c s_c^-b with s_c = k + a times the sum of x_j^2 over the channels j
 * near c. Backward, since each x_i is also in the sums of the channels near i,
 *
 * <pre>dx_i = dy_i s_i^-b - 2 a b x_i times the sum of dy_c x_c s_c^(-b-1) over c near i</pre>
 *
 * <p>The channels of each pixel of a row are brought together from their planes, with zeros between
 * the pixels, so that those near the first and the last channel need no case of their own.
 */
final class Normalization implements Step {

  private final Layer layer;
  private final int reach;
  private final float k;
  private final float a;

  /**
   * Does a layer's work.
   *
   * @throws IllegalArgumentException if its b is not 0.75, or its number of neighbors even
   */
  Normalization(Layer.LocalResponseNormalization layer) {
    if (layer.beta() != 0.75 || layer.neighbours() % 2 == 0) {
      throw new IllegalArgumentException(
          layer + ": the kernels have a beta of 0.75 and an odd number of neighbors");
    }
    this.layer = layer;
    reach = layer.neighbours() / 2;
    k = (float) layer.k();
    a = (float) layer.alpha();
  }

  @Override
  public MapShape output(MapShape input) {
    return input;
  }

  @Override
  public void run(Maps in, Maps out, Team team, Workspace workspace) {
    out.clearBorders(team);
    int rows = in.shape().height();
    int channels = in.planes() * in.pixel();
    team.run(
        in.images() * rows,
        (index, member) -> {
          float[] x = load(in, index / rows, index % rows);
          float[] y = new float[x.length];
          for (int at = reach; at < x.length; at += channels + reach) {
            NormalizationKernel.normalize(x, y, at, channels, reach, k, a);
          }
          store(y, out, index / rows, index % rows);
        });
  }

  @Override
  public void backward(Maps in, Maps out, Maps gradient, Maps to, Team team, Workspace workspace) {
    to.clearBorders(team);
    backward(false, in, gradient, to, team);
  }

  /**
   * Computes gradients of the inputs.
   *
   * @param relu whether those of the inputs of the ReLU before it are wanted
   * @param x the activations that it received
   * @param dy the gradients of its outputs
   * @param dx receives the others, and may be the same
   * @param team the threads that share the work
   */
  void backward(boolean relu, Maps x, Maps dy, Maps dx, Team team) {
    int rows = x.shape().height();
    int channels = x.planes() * x.pixel();
    team.run(
        x.images() * rows,
        (index, member) -> {
          float[] from = load(x, index / rows, index % rows);
          float[] slopes = load(dy, index / rows, index % rows);
          float[] shares = new float[from.length];
          for (int at = reach; at < from.length; at += channels + reach) {
            NormalizationKernel.share(from, slopes, shares, at, channels, reach, k, a);
            NormalizationKernel.gather(from, slopes, shares, at, channels, reach, a, relu);
          }
          store(slopes, dx, index / rows, index % rows);
        });
  }

  /** Brings a row's channels together, zeros before each pixel and after the last. */
  private float[] load(Maps maps, int image, int row) {
    int pixel = maps.pixel();
    int step = maps.planes() * pixel + reach;
    float[] channels = new float[maps.shape().width() * step + reach];
    for (int plane = 0; plane < maps.planes(); plane++) {
      int from = maps.at(image, plane, row, 0);
      int to = reach + plane * pixel;
      for (int column = 0; column < maps.shape().width(); column++) {
        System.arraycopy(maps.data(), from + column * pixel, channels, to + column * step, pixel);
      }
    }
    return channels;
  }

  /** Takes a row's channels apart again. */
  private void store(float[] channels, Maps maps, int image, int row) {
    int pixel = maps.pixel();
    int step = maps.planes() * pixel + reach;
    for (int plane = 0; plane < maps.planes(); plane++) {
      int from = reach + plane * pixel;
      int to = maps.at(image, plane, row, 0);
      for (int column = 0; column < maps.shape().width(); column++) {
        System.arraycopy(channels, from + column * step, maps.data(), to + column * pixel, pixel);
      }
    }
  }

  @Override
  public String toString() {
    return layer.name();
  }
}
