package verydeep.internal.cpu;

import java.util.Arrays;

/**
 * 2x2 max-pooling in training. Forward, y is the largest of four x, and its number is kept.
 * Backward, that x gets dy, and the other three get 0.
 */
final class LearnedPooling {

  private static final int LANES = GemmKernel.LANES;

  private LearnedPooling() {}

  /**
   * Pools some images.
   *
   * @param in the activations before pooling
   * @param out receives the maxima
   * @param choices receives their numbers, where the maxima are in {@code out}
   * @param team the threads that share the work
   */
  static void forward(Maps in, Maps out, float[] choices, Team team) {
    int rows = out.shape().height();
    team.run(
        out.images() * out.planes() * rows,
        (index, member) -> {
          int image = index / rows / out.planes();
          int plane = index / rows % out.planes();
          int row = index % rows;
          int x = in.at(image, plane, 2 * row, 0);
          int y = out.at(image, plane, row, 0);
          pool(in, x, out, choices, y, used(in, plane));
        });
  }

  /** Returns how many channels of a plane are used. */
  private static int used(Maps maps, int plane) {
    return GemmKernel.used(maps.shape().channels() - plane * maps.pixel());
  }

  private static void pool(Maps in, int x, Maps out, float[] choices, int y, int used) {
    int pixel = in.pixel();
    for (int column = 0; column < out.shape().width(); column++) {
      for (int c = 0; c < used; c += LANES) {
        int at = x + 2 * column * pixel + c;
        int to = y + column * pixel + c;
        PoolingKernel.pool(in.data(), at, in.row(), pixel, out.data(), choices, to);
      }
    }
  }

  /**
   * Spreads the gradients of some images.
   *
   * @param out the gradients with respect to the maxima
   * @param choices the numbers of the maxima
   * @param in receives the gradients before pooling, with zeros on the border
   * @param team the threads that share the work
   */
  static void backward(Maps out, float[] choices, Maps in, Team team) {
    in.clearBorders(team);
    int rows = in.shape().height() / 2;
    team.run(
        in.images() * in.planes() * rows,
        (index, member) -> {
          int image = index / rows / in.planes();
          int plane = index / rows % in.planes();
          int row = index % rows;
          spread(out, choices, out.at(image, plane, row, 0), in, image, plane, row);
        });
  }

  private static void spread(
      Maps out, float[] choices, int y, Maps in, int image, int plane, int row) {
    int pixel = in.pixel();
    int used = used(in, plane);
    int x = in.at(image, plane, 2 * row, 0);
    for (int column = 0; column < out.shape().width(); column++) {
      for (int c = 0; c < used; c += LANES) {
        int at = y + column * pixel + c;
        int to = x + 2 * column * pixel + c;
        PoolingKernel.spread(out.data(), choices, at, in.data(), to, in.row(), pixel);
      }
    }
    if (in.shape().width() % 2 == 1) { // the last column has no maximum
      for (int i = 0; i < 2; i++) {
        int last = in.at(image, plane, 2 * row + i, in.shape().width() - 1);
        Arrays.fill(in.data(), last, last + pixel, 0);
      }
    }
    if (in.shape().height() % 2 == 1 && row == out.shape().height() - 1) {
      int last = in.at(image, plane, in.shape().height() - 1, 0);
      Arrays.fill(in.data(), last, last + in.shape().width() * pixel, 0);
    }
  }
}
