package verydeep.cpu;

/**
 * The weights of a convolution or a fully connected layer, in the form that the layer's check
 * allows, and in the direct form once it is needed.
 */
final class ConvolutionWeights {

  private final Panels.Source source;
  private final int padding;
  private final Panels fast;
  private Panels direct;

  private ConvolutionWeights(Panels.Source source, int padding, Panels fast) {
    this.source = source;
    this.padding = padding;
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
        source, (source.kernel() - 1) / 2, new Panels(form, gathered, source, team));
  }

  /** A fully connected layer as a convolution without border (section 3.2 of the VGG paper). */
  static ConvolutionWeights fullyConnected(Panels.Source source, Team team) {
    return new ConvolutionWeights(
        source, 0, new Panels(Winograd.direct(source.kernel()), false, source, team));
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

  Panels fast() {
    return fast;
  }

  boolean isDirect() {
    return fast.form().outputs() == 1;
  }

  /** The weights for a direct convolution, made when first asked for. */
  Panels direct(Team team) {
    if (direct == null) {
      direct = new Panels(Winograd.direct(source.kernel()), false, source, team);
    }
    return direct;
  }

  long bytes() {
    return fast.bytes() + (direct == null ? 0 : direct.bytes());
  }

  @Override
  public String toString() {
    return source.name() + ", " + fast.form();
  }
}
