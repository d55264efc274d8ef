package verydeep.internal.cpu;

import verydeep.network.MapShape;

/**
 * A convolution or a fully connected layer with its batch normalization, ReLU and, if one follows,
 * max-pooling: tiles are transformed to rows, rows are multiplied by the weights, and the sums are
 * transformed back.
 */
final class ConvolutionStep implements Step {

  /**
   * The longest sum computed in one go; longer sums are made of such partial sums, which rounds
   * less.
   */
  static final int LONGEST_SUM = 512;

  private final ConvolutionWeights weights;
  private final boolean relu;
  private final boolean pool;

  ConvolutionStep(ConvolutionWeights weights, boolean relu, boolean pool) {
    this.weights = weights;
    this.relu = relu;
    this.pool = pool;
  }

  @Override
  public MapShape output(MapShape input) {
    MapShape whole = unpooled(input);
    return pool ? new MapShape(whole.channels(), whole.height() / 2, whole.width() / 2) : whole;
  }

  private MapShape unpooled(MapShape input) {
    int lost = weights.kernel() - 1 - 2 * weights.padding();
    return new MapShape(weights.outputs(), input.height() - lost, input.width() - lost);
  }

  @Override
  public long bytes() {
    return Math.max(weights.bytes(), weights.sourceBytes());
  }

  @Override
  public void run(Maps in, Maps out, Team team, Workspace workspace) {
    boolean[] notFinite = new boolean[in.images()];
    Panels panels = weights.panels(unpooled(in.shape()), team);
    run(panels, in, out, notFinite, team, workspace);
    if (panels.form().outputs() > 1) {
      for (int image = 0; image < notFinite.length; image++) {
        if (notFinite[image]) {
          again(in.slice(image, 1), out.slice(image, 1), team, workspace);
        }
      }
    }
  }

  /**
   * Computes images with non-finite outputs again, directly: Winograd's sums turn one infinity into
   * many NaNs, and overflow sooner.
   */
  private void again(Maps in, Maps out, Team team, Workspace workspace) {
    Panels panels = weights.direct(team);
    ConvolutionStep plain = new ConvolutionStep(weights, relu, false);
    if (!pool) {
      plain.run(panels, in, out, new boolean[1], team, workspace);
      return;
    }
    MapShape shape = unpooled(in.shape());
    Maps whole = new Maps(new float[Maps.size(shape, out.pixel())], 0, 1, shape, out.pixel());
    plain.run(panels, in, whole, new boolean[1], team, workspace);
    new PoolingStep().run(whole, out, team, workspace);
  }

  @Override
  public void backward(Maps in, Maps out, Maps gradient, Maps to, Team team, Workspace workspace) {
    if (relu) {
      gradient.maskBy(out, team);
    }
    if (weights.isFullyConnected()) {
      windows(gradient, to, team, workspace);
    } else {
      new ConvolutionStep(weights.turned(team), false, false).run(gradient, to, team, workspace);
    }
  }

  /** Adds up the gradients of the windows of a map, which overlap. */
  private void windows(Maps gradient, Maps to, Team team, Workspace workspace) {
    Panels panels = weights.direct(team);
    MapShape places = gradient.shape();
    int perImage = places.height() * places.width();
    int windows = Math.multiplyExact(gradient.images(), perImage);
    InputGradient.Source source =
        (block, window) -> {
          int place = window % perImage;
          int row = place / places.width();
          return gradient.at(window / perImage, block, row, place % places.width());
        };
    InputGradient.Sink sink =
        (position, channel, window, values, at) -> {
          int count = Math.min(GemmKernel.LANES, windows - window);
          int channels = Math.min(ColumnKernel.INPUTS, to.shape().channels() - channel);
          for (int i = 0; i < count; i++) {
            int place = (window + i) % perImage;
            int row = place / places.width() + position / weights.kernel();
            int column = place % places.width() + position % weights.kernel();
            int plane = channel / to.pixel();
            int x = to.at((window + i) / perImage, plane, row, column) + channel % to.pixel();
            for (int k = 0; k < channels; k++) {
              to.data()[x + k] += values[at + k * GemmKernel.LANES + i];
            }
          }
        };
    to.clear(team);
    new InputGradient(panels, windows, gradient.data(), source, team, workspace)
        .inOrder(sink, team, workspace);
  }

  private void run(
      Panels panels, Maps in, Maps out, boolean[] notFinite, Team team, Workspace workspace) {
    out.clearBorders(team);
    if (panels.gathered()) {
      new ImageConvolution(panels, weights.bias(), weights.padding(), relu, pool)
          .run(in, out, team, workspace);
      return;
    }
    Tiles tiles = new Tiles(unpooled(in.shape()), panels.form().outputs(), in.images());
    TileWork.After after =
        pool ? TileWork.After.POOLING : relu ? TileWork.After.RELU : TileWork.After.NOTHING;
    TileWork work = new TileWork(panels, weights.bias(), weights.padding(), after, in, out, tiles);
    TileShare.run(work, notFinite, team, workspace);
  }

  @Override
  public String toString() {
    return weights + (relu ? ", relu" : "") + (pool ? ", max-pooling" : "");
  }
}
