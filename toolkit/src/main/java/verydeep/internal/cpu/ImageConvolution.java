package verydeep.internal.cpu;

import verydeep.network.Layer;

/**
 * The convolution that reads the image: 3x3 or 5x5 windows of three channels, each of which is one
 * sum of 27 or 75 products. Threads share the rows of the maps.
 */
final class ImageConvolution {

  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = GemmKernel.LANES;
  private static final int COLUMNS = GemmKernel.COLUMNS;
  private static final int PIXELS = ImageKernel.PIXELS;

  private final Panels panels;
  private final float[] bias;
  private final int padding;
  private final boolean relu;
  private final boolean pool;

  /**
   * Describes the layer.
   *
   * @param panels its weights
   * @param bias its biases
   * @param padding the zeros at each edge of the image
   * @param relu whether a ReLU follows
   * @param pool whether 2x2 max-pooling follows the ReLU
   */
  ImageConvolution(Panels panels, float[] bias, int padding, boolean relu, boolean pool) {
    this.panels = panels;
    this.bias = bias;
    this.padding = padding;
    this.relu = relu;
    this.pool = pool;
  }

  /**
   * Returns whether a network's first layer can be computed so. In later layers of as few channels,
   * which a very narrow network has, maps have another layout.
   *
   * @param first the first layer
   */
  static boolean reads(Layer.Convolution first) {
    return first.inputs() == ImageKernel.CHANNELS && (first.kernel() == 3 || first.kernel() == 5);
  }

  /** Writes the outputs of some images. */
  void run(Maps in, Maps out, Team team, Workspace workspace) {
    int[] offsets = ImageKernel.offsets(in.row(), panels.form().kernel());
    int height = out.shape().height();
    team.run(
        out.images() * height,
        (index, member) -> {
          float[] sums = workspace.sums(member, 2 * PIXELS * COLUMNS);
          for (int block = 0; block < panels.blocks(); block++) {
            if (pool) {
              pooledRow(in, out, index / height, index % height, block, offsets, sums);
            } else {
              row(in, out, index / height, index % height, block, offsets, sums);
            }
          }
        });
  }

  /** Writes a block of outputs of a row. */
  private void row(Maps in, Maps out, int image, int row, int block, int[] offsets, float[] sums) {
    int used = GemmKernel.used(panels.outputs() - block * COLUMNS);
    int width = out.shape().width();
    float floor = relu ? 0 : Float.NEGATIVE_INFINITY;
    for (int column = 0; column < width; column += PIXELS) {
      int x = in.at(image, 0, row - padding, column - padding);
      int u = panels.at(block, 0);
      ImageKernel.sums(in.data(), x, offsets, panels.numbers(), u, sums, FIRST, used);
      int count = Math.min(PIXELS, width - column);
      for (int c = 0; c < used; c += LANES) {
        int b = block * COLUMNS + c;
        int y = out.at(image, block, row, column) + c;
        OutputKernel.pixels(sums, FIRST + c, count, bias, b, floor, out.data(), y, out.pixel());
      }
    }
  }

  /** Writes a block of maxima of two rows, which are nowhere written themselves. */
  private void pooledRow(
      Maps in, Maps out, int image, int row, int block, int[] offsets, float[] sums) {
    int used = GemmKernel.used(panels.outputs() - block * COLUMNS);
    int width = out.shape().width();
    int u = panels.at(block, 0);
    int lower = FIRST + PIXELS * COLUMNS;
    for (int column = 0; column < width; column += PIXELS / 2) {
      int x = in.at(image, 0, 2 * row - padding, 2 * column - padding);
      ImageKernel.sums(in.data(), x, offsets, panels.numbers(), u, sums, FIRST, used);
      ImageKernel.sums(in.data(), x + in.row(), offsets, panels.numbers(), u, sums, lower, used);
      int count = Math.min(PIXELS / 2, width - column);
      for (int c = 0; c < used; c += LANES) {
        int b = block * COLUMNS + c;
        int y = out.at(image, block, row, column) + c;
        OutputKernel.pooledPixels(
            sums, FIRST + c, lower + c, count, bias, b, out.data(), y, out.pixel());
      }
    }
  }
}
