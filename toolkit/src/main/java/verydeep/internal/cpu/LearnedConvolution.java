package verydeep.internal.cpu;

/**
 * A convolution with its ReLU in training. Forward, y = max(0, w * x + b). Backward, with dz = dy
 * where y is above 0: dw is the sum over positions of x dz ({@link WeightGradient}), db the sum of
 * dz, and dx = w' * dz, the convolution with turned kernels.
 *
 * <p>The form is the same in all steps, whatever the weights: those that it does not tolerate
 * ({@link AccuracyCheck}) are near the limits of 32 bits, and the training is lost anyway.
 */
final class LearnedConvolution {

  private final LearnedWeights weights;
  private final Winograd form;
  private final int padding;
  private final WeightGradient gradient;
  private final float[] noBias;
  private Panels frozen;

  /**
   * Prepares a layer.
   *
   * @param weights its weights
   * @param wanted the form for 3x3 kernels
   */
  LearnedConvolution(LearnedWeights weights, Winograd wanted) {
    this.weights = weights;
    this.padding = (weights.kernel() - 1) / 2;
    this.form =
        weights.panels().gathered() ? weights.panels().form() : wanted.forKernel(weights.kernel());
    this.gradient = weights.learns() ? new WeightGradient(form, weights) : null;
    this.noBias = new float[LearnedWeights.filled(weights.inputs()) + GemmKernel.COLUMNS];
  }

  /** Returns the bytes of the sums of the gradient, or of the weights that are kept instead. */
  long bytes() {
    return (gradient == null ? 0 : gradient.bytes()) + (frozen == null ? 0 : frozen.bytes());
  }

  LearnedWeights weights() {
    return weights;
  }

  /**
   * Returns the weights for the forward pass, until the workspace's weights are used again. Those
   * of a layer that does not learn are kept.
   */
  Panels panels(Team team, Workspace workspace) {
    if (gradient != null) {
      return WeightForms.forward(weights, form, team, workspace::weights, workspace);
    }
    if (frozen == null) {
      frozen = WeightForms.forward(weights, form, team, float[]::new, workspace);
    }
    return frozen;
  }

  /** Writes the activations of some images. */
  void forward(Panels panels, Maps in, Maps out, Team team, Workspace workspace) {
    run(panels, weights.bias(), TileWork.After.RELU, in, out, team, workspace);
  }

  /** Returns whether a 2x2 max-pooling after this layer can be part of its work. */
  boolean poolsAtOnce() {
    return form.outputs() > 1 || weights.panels().gathered();
  }

  /** Writes the maxima of 2x2 activations of some images, of which no gradient will be wanted. */
  void forwardPooled(Panels panels, Maps in, Maps out, Team team, Workspace workspace) {
    run(panels, weights.bias(), TileWork.After.POOLING, in, out, team, workspace);
  }

  /** Writes the outputs of some images before the ReLU. */
  void forwardLinear(Panels panels, Maps in, Maps out, Team team, Workspace workspace) {
    run(panels, weights.bias(), TileWork.After.NOTHING, in, out, team, workspace);
  }

  /** Starts the sums of a step. */
  void begin() {
    if (gradient != null) {
      gradient.begin();
    }
  }

  /**
   * Adds the gradients of the weights of some images.
   *
   * @param in the inputs
   * @param dz the gradient with respect to the ReLU's inputs
   * @param firstImage the number of the first image within the batch
   */
  void addGradient(Maps in, Maps dz, int firstImage, Team team, Workspace workspace) {
    if (gradient != null) {
      gradient.add(in, dz, padding, firstImage, team, workspace);
    }
  }

  /** Writes the gradients of the weights and biases at the end of a step. */
  void finish(Team team, Workspace workspace) {
    if (gradient != null) {
      gradient.finish(weights, team, workspace);
    }
  }

  /**
   * Returns the weights for the gradient of the inputs, until the workspace's weights are used
   * again.
   */
  Panels turned(Team team, Workspace workspace) {
    return WeightForms.turned(weights, form, team, workspace);
  }

  /**
   * Replaces the inputs, which are activations, by the gradient with respect to what the ReLU
   * before them received.
   */
  void inputGradient(Panels turned, Maps dz, Maps in, Team team, Workspace workspace) {
    run(turned, noBias, TileWork.After.MASK, dz, in, team, workspace);
  }

  private void run(
      Panels panels,
      float[] bias,
      TileWork.After after,
      Maps in,
      Maps out,
      Team team,
      Workspace workspace) {
    boolean pool = after == TileWork.After.POOLING;
    if (panels.gathered()) {
      boolean relu = pool || after == TileWork.After.RELU;
      new ImageConvolution(panels, bias, padding, relu, pool).run(in, out, team, workspace);
      return;
    }
    // a convolution in training keeps the size of its map
    Tiles tiles = new Tiles(in.shape(), form.outputs(), in.images());
    TileWork work = new TileWork(panels, bias, padding, after, in, out, tiles);
    // a loss that is not finite tells what these numbers would
    TileShare.run(work, new boolean[in.images()], team, workspace);
  }
}
