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

  private final WeightSource source;
  private final Kind kind;
  private final Winograd wanted;
  private final Winograd form;
  private Panels fast;
  private Panels direct;
  private ConvolutionWeights turned;

  /** What the weights belong to. */
  private enum Kind {
    CONVOLUTION,
    FULLY_CONNECTED
  }

  private ConvolutionWeights(
      WeightSource source, Kind kind, Winograd wanted, Winograd form, Panels fast) {
    this.source = source;
    this.kind = kind;
    this.wanted = wanted;
    this.form = form;
    this.fast = fast;
  }

  /**
   * Returns the weights of a convolution: by the form {@code wanted} has for its kernel, if the
   * accuracy check passes.
   *
   * @param gathered whether {@link ImageConvolution} computes it
   */
  static ConvolutionWeights convolution(
      WeightSource source, Winograd wanted, boolean gathered, Team team) {
    Winograd form =
        gathered ? Winograd.direct(source.kernel()) : AccuracyCheck.choose(source, wanted);
    Panels panels = new Panels(form, gathered, source, team);
    return new ConvolutionWeights(source, Kind.CONVOLUTION, wanted, form, panels);
  }

  /**
   * Returns the weights of a fully connected layer as a convolution without border (section 3.2 of
   * the VGG paper): fc6 of a net for 224 pixels uses F(2x2, 7x7) where maps are larger than its
   * window, if the fastest arithmetic is wanted and the check passes.
   */
  static ConvolutionWeights fullyConnected(WeightSource source, Winograd wanted, Team team) {
    if (wanted.outputs() == Winograd.FOUR.outputs()
        && source.kernel() == Winograd.SEVEN.kernel()
        && AccuracyCheck.bearsSeven(source)) {
      return new ConvolutionWeights(source, Kind.FULLY_CONNECTED, wanted, Winograd.SEVEN, null);
    }
    Winograd form = Winograd.direct(source.kernel());
    Panels panels = new Panels(form, false, source, team);
    return new ConvolutionWeights(source, Kind.FULLY_CONNECTED, wanted, form, panels);
  }

  int kernel() {
    return source.kernel();
  }

  /** Returns the zeros at each edge of the input. */
  int padding() {
    return isFullyConnected() ? 0 : (source.kernel() - 1) / 2;
  }

  boolean isFullyConnected() {
    return kind == Kind.FULLY_CONNECTED;
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
    if (isFullyConnected() && form.outputs() > 1 && !isWorth(outputs)) {
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

  /** Returns whether max-pooling can be applied to the outputs before they are written. */
  boolean pools() {
    return !isFullyConnected() && (form.outputs() > 1 || fast.gathered());
  }

  /** Returns the weights for a direct convolution. */
  Panels direct(Team team) {
    if (direct == null) {
      direct = new Panels(Winograd.direct(source.kernel()), false, source, team);
    }
    return direct;
  }

  /** Returns the weights of a convolution's gradient with respect to its inputs. */
  ConvolutionWeights turned(Team team) {
    if (turned == null) {
      turned = convolution(source.turned(), wanted, false, team);
    }
    return turned;
  }

  /** Returns the bytes they take in the checkpoint. */
  long sourceBytes() {
    return 4L * source.outputs() * source.inputs() * source.kernel() * source.kernel();
  }

  /** Returns the bytes taken by the forms created so far. */
  long bytes() {
    return (fast == null ? 0 : fast.bytes())
        + (direct == null ? 0 : direct.bytes())
        + (turned == null ? 0 : turned.bytes());
  }

  @Override
  public String toString() {
    return source.name() + ", " + form;
  }
}
