package verydeep.network;

import java.util.Objects;
import java.util.function.Consumer;
import verydeep.VerydeepException;

/** A builder of a {@link Vgg}. Settings may come in any order; {@link #build()} checks them. */
public final class VggBuilder {

  final Configuration configuration;
  int classes = 1000;
  double width = 1;
  int input = 224;
  double dropout = 0.5;
  boolean batchNorm;
  boolean convolutionsOnly;
  boolean throughFc7;
  Integer units;
  Initialization initialization = Initialization.glorot();

  VggBuilder(Configuration configuration) {
    this.configuration = configuration;
  }

  VggBuilder(VggBuilder other) {
    this(other.configuration);
    classes = other.classes;
    width = other.width;
    input = other.input;
    dropout = other.dropout;
    batchNorm = other.batchNorm;
    convolutionsOnly = other.convolutionsOnly;
    throughFc7 = other.throughFc7;
    units = other.units;
    initialization = other.initialization;
  }

  private VggBuilder with(Consumer<VggBuilder> change) {
    VggBuilder changed = new VggBuilder(this);
    change.accept(changed);
    return changed;
  }

  /**
   * Sets the number of classes.
   *
   * @param classes the units of fc8, at least 1; 1000 (ILSVRC) by default
   * @return a copy of this builder with the setting changed
   */
  public VggBuilder classes(int classes) {
    return with(changed -> changed.classes = classes);
  }

  /**
   * Makes every layer narrower or wider.
   *
   * @param width the factor applied to the channels and units of Table 1, rounded; 1 by default
   * @return a copy of this builder with the setting changed
   */
  public VggBuilder width(double width) {
    return with(changed -> changed.width = width);
  }

  /**
   * Sets the units of fc6 and fc7, independently of the width of the other layers: for a custom
   * classifier on convolutions trained on other data.
   *
   * @param units the number of units, at least 1; 4096 times the width by default (Table 1)
   * @return a copy of this builder with the setting changed
   */
  public VggBuilder units(int units) {
    return with(changed -> changed.units = units);
  }

  /**
   * Sets the side of the square that the network is trained on.
   *
   * @param pixels the side, at least 32, since five poolings halve it; 224 by default (section 2.1)
   * @return a copy of this builder with the setting changed
   */
  public VggBuilder input(int pixels) {
    return with(changed -> changed.input = pixels);
  }

  /**
   * Sets the fraction of units that dropout sets to zero after fc6 and fc7.
   *
   * @param rate the fraction, at least 0 and less than 1; 0.5 by default (section 3.1)
   * @return a copy of this builder with the setting changed
   */
  public VggBuilder dropout(double rate) {
    return with(changed -> changed.dropout = rate);
  }

  /**
   * Sets whether a batch normalization follows each convolution, as in torchvision's {@code _bn}
   * networks.
   *
   * @param batchNorm true to add them; false by default, as in the paper
   * @return a copy of this builder with the setting changed
   */
  public VggBuilder batchNorm(boolean batchNorm) {
    return with(changed -> changed.batchNorm = batchNorm);
  }

  /**
   * Leaves out the three fully connected layers, for a network that outputs features.
   *
   * @return a copy of this builder with the setting changed
   */
  public VggBuilder convolutionsOnly() {
    return with(changed -> changed.convolutionsOnly = true);
  }

  /**
   * Leaves out fc8 alone, for a network that outputs the activations of fc7 and no classes, as
   * feature extractors are often published.
   *
   * @return a copy of this builder with the setting changed
   */
  public VggBuilder throughFc7() {
    return with(changed -> changed.throughFc7 = true);
  }

  /**
   * Adds the three fully connected layers back, for a builder that started from a network without
   * one of them.
   *
   * @return a copy of this builder with the setting changed
   */
  public VggBuilder classifier() {
    return with(
        changed -> {
          changed.convolutionsOnly = false;
          changed.throughFc7 = false;
        });
  }

  /**
   * Sets how training from scratch draws the initial weights.
   *
   * @param initialization the initialization; Glorot's by default, as the footnote in section 3.1
   *     recommends
   * @return a copy of this builder with the setting changed
   */
  public VggBuilder initialization(Initialization initialization) {
    return with(
        changed ->
            changed.initialization = Objects.requireNonNull(initialization, "initialization"));
  }

  /**
   * Checks the settings and builds the network.
   *
   * @return the network
   * @throws VerydeepException if a setting is out of range; the message names it
   */
  public Vgg build() {
    require(classes >= 1, "classes", classes, "at least 1");
    int smallest = 1 << configuration.blocks().size();
    require(
        input >= smallest && input <= 4096,
        "input",
        input,
        "from " + smallest + " (five poolings halve it) to 4096 pixels");
    require(dropout >= 0 && dropout < 1, "dropout", dropout, "at least 0 and less than 1");
    require(width > 0 && width <= 16, "width", width, "greater than 0 and at most 16");
    require(units == null || (units >= 1 && units <= 65_536), "units", units, "from 1 to 65536");
    int narrowest = configuration.units(0).get(0).channels();
    require(
        Math.round(narrowest * width) >= 1,
        "width",
        width,
        "large enough to leave conv1_1 at least one channel of its " + narrowest);
    return new Vgg(this);
  }

  /** Returns the settings so far. */
  @Override
  public String toString() {
    return "builder of VGG "
        + configuration.label()
        + (width == 1 ? "" : ", width " + width)
        + (batchNorm ? ", batch norm" : "")
        + (convolutionsOnly
            ? ", convolutions only"
            : ", "
                + (throughFc7 ? "through fc7" : classes + " classes")
                + ", dropout "
                + dropout
                + (units == null ? "" : ", " + units + " units"))
        + ", input "
        + input;
  }

  private void require(boolean holds, String setting, Object given, String allowed) {
    if (!holds) {
      throw new VerydeepException(
          "The setting "
              + setting
              + " of network "
              + configuration.label()
              + " is "
              + given
              + "; it must be "
              + allowed
              + ".");
    }
  }
}
