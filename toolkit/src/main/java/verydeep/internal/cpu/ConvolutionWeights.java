package verydeep.internal.cpu;

import verydeep.network.MapShape;

/**
 * The weights of a convolution or a fully connected layer, in the form that the layer's accuracy
 * check allows, and in the direct form once it is needed. For fc6, where the form depends on the
 * map, each form is created when the first map needs it.
 */
final class ConvolutionWeights {

  /**
   * The factor by which F(2x2, 7x7) must reduce a map's multiplications: it reads 64 numbers from
   * memory for each kernel where the direct form reads 49.
   */
  private static final double WORTH = 1.5;

  private final Panels.Source source;
  private final int padding;
  private final Winograd form;
  private Panels fast;
  private Panels direct;

  private ConvolutionWeights(Panels.Source source, int padding, Winograd form, Panels fast) {
    this.source = source;
    this.padding = padding;
    this.form = form;
    this.fast = fast;
  }

  /**
   * Returns the weights of a convolution: by {@code wanted} if its kernel is 3x3 and the accuracy
   * check passes.
   */
  static ConvolutionWeights convolution(Panels.Source source, Winograd wanted, Team team) {
    int window = source.kernel() * source.kernel();
    boolean gathered = window > 1 && source.inputs() * window <= GemmKernel.DEPTH;
    Winograd form =
        gathered || source.kernel() != 3
            ? Winograd.direct(source.kernel())
            : AccuracyCheck.choose(source, wanted);
    return new ConvolutionWeights(
        source, (source.kernel() - 1) / 2, form, new Panels(form, gathered, source, team));
  }

  /**
   * Returns the weights of a fully connected layer as a convolution without border (section 3.2 of
   * the VGG paper): fc6 of a net for 224 pixels uses F(2x2, 7x7) where maps are larger than its
   * window, if the fastest arithmetic is wanted and the check passes.
   */
  static ConvolutionWeights fullyConnected(Panels.Source source, Winograd wanted, Team team) {
    if (wanted.outputs() == Winograd.FOUR.outputs()
        && source.kernel() == Winograd.SEVEN.kernel()
        && AccuracyCheck.bearsSeven(source)) {
      return new ConvolutionWeights(source, 0, Winograd.SEVEN, null);
    }
    Winograd form = Winograd.direct(source.kernel());
    return new ConvolutionWeights(source, 0, form, new Panels(form, false, source, team));
  }

  int kernel() {
    return source.kernel();
  }

  int padding() {
    return padding;
  }

  int outputs() {
    return source.outputs();
  }

  float[] bias() {
    return source.bias();
  }

  /**
   * Returns the weights for maps of this shape, regardless of their number, so that results do not
   * depend on it.
   */
  Panels panels(MapShape outputs, Team team) {
    boolean window = form.outputs() > 1 && padding == 0;
    if (window && !isWorth(outputs)) {
      return direct(team);
    }
    if (fast == null) {
      fast = new Panels(form, false, source, team);
    }
    return fast;
  }

  private static boolean isWorth(MapShape outputs) {
    long tiles = (outputs.height() + 1L) / 2 * ((outputs.width() + 1) / 2);
    return WORTH * 64 * tiles <= 49.0 * outputs.height() * outputs.width();
  }

  /** Returns whether max-pooling can be applied to the outputs of a tile. */
  boolean poolsTiles() {
    return form.outputs() > 1 && padding > 0;
  }

  /** Returns the weights for a direct convolution. */
  Panels direct(Team team) {
    if (direct == null) {
      direct = new Panels(Winograd.direct(source.kernel()), false, source, team);
    }
    return direct;
  }

  /** Returns the bytes they take in the checkpoint. */
  long sourceBytes() {
    return 4L * source.outputs() * source.inputs() * source.kernel() * source.kernel();
  }

  /** Returns the bytes taken by the forms created so far. */
  long bytes() {
    return (fast == null ? 0 : fast.bytes()) + (direct == null ? 0 : direct.bytes());
  }

  @Override
  public String toString() {
    return source.name() + ", " + form;
  }
}
