package verydeep.cpu;

import verydeep.network.MapShape;

/**
 * The weights of a convolution or a fully connected layer, in the form that the layer's check
 * allows, and in the direct form once it is needed. Of fc6, whose maps decide, each form is made
 * when the first map needs it.
 */
final class ConvolutionWeights {

  /**
   * By how many times fewer multiplications F(2x2, 7x7) must make a map: it reads 64 numbers of
   * memory for each kernel where the direct way reads 49.
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

  /** A convolution: by {@code wanted} if its kernel is 3x3 and the check of accuracy holds. */
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
   * A fully connected layer as a convolution without border (section 3.2 of the VGG paper): fc6 of
   * a net for 224 pixels by F(2x2, 7x7) where maps are larger than its window, if the fastest
   * arithmetic is wanted and the check holds.
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

  /** The weights for maps of this shape, whatever their number, lest results depend on it. */
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

  /** Whether max-pooling can be done with the outputs of a tile. */
  boolean poolsTiles() {
    return form.outputs() > 1 && padding > 0;
  }

  /** The weights for a direct convolution. */
  Panels direct(Team team) {
    if (direct == null) {
      direct = new Panels(Winograd.direct(source.kernel()), false, source, team);
    }
    return direct;
  }

  /** What they take in the checkpoint. */
  long sourceBytes() {
    return 4L * source.outputs() * source.inputs() * source.kernel() * source.kernel();
  }

  /** What the forms take that were made. */
  long bytes() {
    return (fast == null ? 0 : fast.bytes()) + (direct == null ? 0 : direct.bytes());
  }

  @Override
  public String toString() {
    return source.name() + ", " + form;
  }
}
