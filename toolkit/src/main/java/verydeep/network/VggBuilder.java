package verydeep.network;

import java.util.Objects;
import java.util.function.Consumer;
import verydeep.VerydeepException;

/** Settings of a network; the order of calls does not matter, all is checked in the last one. */
public final class VggBuilder {

  final Configuration configuration;
  int classes = 1000;
  double width = 1;
  int input = 224;
  double dropout = 0.5;
  boolean batchNorm;
  boolean convolutionsOnly;
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
    units = other.units;
    initialization = other.initialization;
  }

  private VggBuilder with(Consumer<VggBuilder> change) {
    VggBuilder changed = new VggBuilder(this);
    change.accept(changed);
    return changed;
  }

  /**
   * The number of classes.
   *
   * @param classes units of fc8, at least 1; 1000 (ILSVRC) by default
   * @return changed settings
   */
  public VggBuilder classes(int classes) {
    return with(changed -> changed.classes = classes);
  }

  /**
   * Makes every layer narrower or wider.
   *
   * @param width what the channels and units of Table 1 are multiplied with, rounded; 1 by default
   * @return changed settings
   */
  public VggBuilder width(double width) {
    return with(changed -> changed.width = width);
  }

  /**
   * The units of fc6 and fc7, apart from the width of the rest: for a classifier of one's own on
   * convolutions that were trained on other data.
   *
   * @param units at least 1; 4096 times the width by default (Table 1)
   * @return changed settings
   */
  public VggBuilder units(int units) {
    return with(changed -> changed.units = units);
  }

  /**
   * The side of the square that the network is trained on.
   *
   * @param pixels at least 32, since five poolings halve it; 224 by default (section 2.1)
   * @return changed settings
   */
  public VggBuilder input(int pixels) {
    return with(changed -> changed.input = pixels);
  }

  /**
   * The share of units that dropout sets to zero behind fc6 and fc7.
   *
   * @param rate from 0 to below 1; 0.5 by default (section 3.1)
   * @return changed settings
   */
  public VggBuilder dropout(double rate) {
    return with(changed -> changed.dropout = rate);
  }

  /**
   * Puts a batch normalization behind each convolution, as torchvision's {@code _bn} networks do.
   *
   * @param batchNorm false by default, as in the paper
   * @return changed settings
   */
  public VggBuilder batchNorm(boolean batchNorm) {
    return with(changed -> changed.batchNorm = batchNorm);
  }

  /**
   * Leaves the three fully connected layers out: a network that gives features.
   *
   * @return changed settings
   */
  public VggBuilder convolutionsOnly() {
    return with(changed -> changed.convolutionsOnly = true);
  }

  /**
   * Puts the three fully connected layers back on, for a builder that came from a network without.
   *
   * @return changed settings
   */
  public VggBuilder classifier() {
    return with(changed -> changed.convolutionsOnly = false);
  }

  /**
   * How training from scratch draws the first weights.
   *
   * @param initialization Glorot's by default, which section 3.1's footnote advises
   * @return changed settings
   */
  public VggBuilder initialization(Initialization initialization) {
    return with(
        changed ->
            changed.initialization = Objects.requireNonNull(initialization, "initialization"));
  }

  /**
   * Checks the settings and makes the network.
   *
   * @return the network
   * @throws VerydeepException if a setting is out of its range; the message names it
   */
  public Vgg build() {
    require(classes >= 1, "classes", classes, "at least 1");
    int smallest = 1 << configuration.blocks().size();
    require(
        input >= smallest && input <= 4096,
        "input",
        input,
        "from " + smallest + " (five poolings halve it) to 4096 pixels");
    require(dropout >= 0 && dropout < 1, "dropout", dropout, "from 0 to below 1");
    require(width > 0 && width <= 16, "width", width, "above 0 and at most 16");
    require(units == null || (units >= 1 && units <= 65_536), "units", units, "from 1 to 65536");
    int narrowest = configuration.units(0).get(0).channels();
    require(
        Math.round(narrowest * width) >= 1,
        "width",
        width,
        "large enough to leave conv1_1 a channel of its " + narrowest);
    return new Vgg(this);
  }

  /** What was set so far. */
  @Override
  public String toString() {
    return "builder of VGG "
        + configuration.label()
        + (width == 1 ? "" : ", width " + width)
        + (batchNorm ? ", batch norm" : "")
        + (convolutionsOnly
            ? ", convolutions only"
            : ", "
                + classes
                + " classes, dropout "
                + dropout
                + (units == null ? "" : ", " + units + " units"))
        + ", input "
        + input;
  }

  private void require(boolean holds, String setting, Object given, String allowed) {
    if (!holds) {
      throw new VerydeepException(
          setting
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
