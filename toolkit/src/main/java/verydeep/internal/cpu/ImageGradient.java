package verydeep.internal.cpu;

/**
 * The gradient of the weights and biases of the layer that reads the image, the adjoint of {@link
 * ImageConvolution}: sums over pixels of a window's numbers times the gradient of the output.
 */
final class ImageGradient {

  private static final int FIRST = GemmKernel.FIRST;
  private static final int LANES = GemmKernel.LANES;
  private static final int COLUMNS = GemmKernel.COLUMNS;

  private final Maps in;
  private final Maps gradient;
  private final int padding;
  private final int kernel;
  private final int taps;
  private final int weights;

  /**
   * Describes some images.
   *
   * @param in the images
   * @param gradient the gradients of the outputs
   * @param padding the zeros at each edge of the images
   * @param kernel the window's rows and columns
   */
  ImageGradient(Maps in, Maps gradient, int padding, int kernel) {
    this.in = in;
    this.gradient = gradient;
    this.padding = padding;
    this.kernel = kernel;
    this.taps = kernel * ImageKernel.CHANNELS;
    this.weights = kernel * taps;
  }

  /**
   * Sums over some pixels of an image, row by row.
   *
   * @param first the first pixel, counted over all images
   * @param count the number of pixels
   * @param sums the sums for the weights
   * @param biasSums the sums for the biases
   * @param into how the sums join those that are there
   * @param scratch 77 vectors
   */
  void add(
      int first, int count, Panels sums, float[] biasSums, OuterKernel.Into into, float[] scratch) {
    int bias = FIRST + weights * LANES;
    for (int block = 0; block < sums.blocks(); block++) {
      int used = GemmKernel.used(sums.outputs() - block * COLUMNS);
      for (int c = 0; c < used; c += LANES) {
        int at = sums.at(block, 0) + c;
        int biasAt = block * COLUMNS + c;
        ImageKernel.begin(sums.numbers(), at, weights, scratch, FIRST, into);
        ImageKernel.begin(biasSums, biasAt, 1, scratch, bias, into);
        rows(first, count, block, c, scratch);
        ImageKernel.join(scratch, FIRST, weights, sums.numbers(), at, into);
        ImageKernel.join(scratch, bias, 1, biasSums, biasAt, into);
      }
    }
  }

  /** Sums over the pixels for a vector of outputs. */
  private void rows(int first, int count, int block, int channel, float[] scratch) {
    int width = gradient.shape().width();
    int height = gradient.shape().height();
    int step;
    for (int pixel = first; pixel < first + count; pixel += step) {
      int column = pixel % width;
      int row = pixel / width % height;
      int image = pixel / width / height;
      step = Math.min(first + count - pixel, width - column);
      int d = gradient.at(image, block, row, column) + channel;
      for (int k = 0; k < kernel; k++) {
        int x = in.at(image, 0, row - padding + k, column - padding);
        // each row of the window sums the biases' gradients, and those of the first count
        int bias = FIRST + (weights + (k == 0 ? 0 : 1)) * LANES;
        ImageKernel.gradients(
            in.data(),
            x,
            taps,
            gradient.data(),
            d,
            gradient.pixel(),
            step,
            scratch,
            FIRST + k * taps * LANES,
            bias);
      }
    }
  }
}
