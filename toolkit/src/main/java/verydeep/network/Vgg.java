package verydeep.network;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import verydeep.VerydeepException;

/**
 * A network of Table 1: its layers, not their weights. It is plain immutable data and costs
 * nothing; its weights are {@link Parameters}.
 *
 * <pre>{@code
 * var net = Vgg.of(Configuration.D).classes(10).width(0.25).input(64).build();
 * System.out.println(net);
 * }</pre>
 */
public final class Vgg {

  private final VggBuilder settings;
  private final List<Layer> layers;
  private final NetworkSummary summary;

  Vgg(VggBuilder settings) {
    this.settings = settings;
    this.layers = LayerList.of(settings);
    this.summary = NetworkSummary.of(this, settings.input, settings.input);
  }

  /**
   * Starts building a network of Table 1; by default it is the paper's: full width, 1000 classes,
   * 224x224 pixels.
   *
   * @param configuration a column of Table 1
   * @return a builder
   */
  public static VggBuilder of(Configuration configuration) {
    return new VggBuilder(Objects.requireNonNull(configuration, "configuration"));
  }

  /**
   * Returns a builder with this network's settings, for a similar network.
   *
   * @return a builder
   */
  public VggBuilder with() {
    return new VggBuilder(settings);
  }

  /**
   * Returns the column of Table 1.
   *
   * @return the configuration
   */
  public Configuration configuration() {
    return settings.configuration;
  }

  /**
   * Returns the number of classes.
   *
   * @return the units of fc8; 0 for a network without it
   */
  public int classes() {
    return settings.convolutionsOnly || settings.throughFc7 ? 0 : settings.classes;
  }

  /**
   * Returns the width of each layer, as a fraction of the paper's channels and units.
   *
   * @return 1 for the paper's
   */
  public double width() {
    return settings.width;
  }

  /**
   * Returns the number of units of fc6 and fc7.
   *
   * @return 4096 for the paper's (Table 1); 0 for a network with convolutions only
   */
  public int units() {
    return convolutionsOnly() ? 0 : LayerList.units(settings);
  }

  /**
   * Returns the side of the square window that the network is trained on and applied through.
   *
   * @return the side in pixels
   */
  public int input() {
    return settings.input;
  }

  /**
   * Returns the fraction of fc6's and fc7's units that dropout sets to zero in training.
   *
   * @return at least 0 and less than 1
   */
  public double dropout() {
    return settings.dropout;
  }

  /**
   * Returns whether a batch normalization follows each convolution.
   *
   * @return true for the networks torchvision calls {@code _bn}
   */
  public boolean batchNorm() {
    return settings.batchNorm;
  }

  /**
   * Returns whether the network ends with pool5.
   *
   * @return true for a network that outputs features rather than classes
   */
  public boolean convolutionsOnly() {
    return settings.convolutionsOnly;
  }

  /**
   * Returns how training from scratch draws the initial weights.
   *
   * @return the initialization
   */
  public Initialization initialization() {
    return settings.initialization;
  }

  /**
   * Returns the layers, first to last.
   *
   * @return convolutions, normalizations, ReLUs, poolings, fully connected layers and dropouts
   */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * Returns a layer by name.
   *
   * @param name the name, such as {@code conv3_1}
   * @return the layer
   * @throws verydeep.VerydeepException if the network has no such layer
   */
  public Layer layer(String name) {
    return layers.get(indexOf(name));
  }

  /**
   * Returns where the activation of a layer is complete: for a convolution or a hidden fully
   * connected layer this is after its normalization and ReLU, which is what the literature calls
   * the activations of conv5_3 or fc7.
   *
   * @param name the layer's name
   * @return the index in {@link #layers()} of the last layer that belongs to it
   * @throws verydeep.VerydeepException if the network has no such layer
   */
  public int activationIndex(String name) {
    int index = indexOf(name);
    Layer layer = layers.get(index);
    if (layer instanceof Layer.Convolution || layer instanceof Layer.FullyConnected) {
      while (index + 1 < layers.size()
          && (layers.get(index + 1) instanceof Layer.BatchNormalization
              || layers.get(index + 1) instanceof Layer.Relu)) {
        index++;
      }
    }
    return index;
  }

  private int indexOf(String name) {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).name().equals(name)) {
        return i;
      }
    }
    List<String> known =
        layers.stream()
            .filter(l -> !(l instanceof Layer.Relu || l instanceof Layer.Dropout))
            .map(Layer::name)
            .toList();
    throw new VerydeepException(
        "There is no layer \"%s\" in %s; its layers are %s."
            .formatted(name, label(), String.join(", ", known)));
  }

  /**
   * Returns the arrays of parameters of all layers, first to last.
   *
   * @return the names and shapes
   */
  public List<ParameterShape> parameterShapes() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /**
   * Returns the shape, receptive field, parameters and cost of each layer at the training size.
   *
   * @return the summary
   */
  public NetworkSummary summary() {
    return summary;
  }

  /**
   * Returns the same for an image of another size, with the fully convolutional form (section 3.2).
   *
   * @param height the image's height in pixels
   * @param width the image's width in pixels
   * @return the summary
   * @throws ImageTooSmallException if a side is below {@link #smallestImage()}
   */
  public NetworkSummary summary(int height, int width) {
    checkImage(height, width);
    return NetworkSummary.of(this, height, width);
  }

  /**
   * Returns the number of learned parameters.
   *
   * @return the number; 138,357,544 for D
   */
  public long parameterCount() {
    return summary.parameters();
  }

  /**
   * Returns the smallest side of an image that the fully convolutional form accepts.
   *
   * @return the side in pixels: the window of fc6 times 32
   */
  public int smallestImage() {
    int halvings = settings.configuration.blocks().size();
    return convolutionsOnly() ? 1 << halvings : settings.input >> halvings << halvings;
  }

  /**
   * Checks that the fully convolutional form accepts an image.
   *
   * @param height the image's height in pixels
   * @param width the image's width in pixels
   * @throws ImageTooSmallException if a side is below {@link #smallestImage()}
   */
  public void checkImage(int height, int width) {
    if (Math.min(height, width) < smallestImage()) {
      throw new ImageTooSmallException(height, width, smallestImage(), label());
    }
  }

  /**
   * Describes the network in a few words.
   *
   * @return text such as {@code A, width 0.25}
   */
  public String label() {
    StringBuilder label = new StringBuilder(configuration().label());
    if (batchNorm()) {
      label.append(" with BN");
    }
    if (width() != 1) {
      label.append(String.format(Locale.ROOT, ", width %s", trimmed(width())));
    }
    if (!convolutionsOnly() && units() != LayerList.unitsOfTable1(width())) {
      label.append(", ").append(units()).append(" units");
    }
    if (convolutionsOnly()) {
      label.append(", convolutions only");
    } else if (classes() == 0) {
      label.append(", through fc7");
    }
    return label.toString();
  }

  private static String trimmed(double value) {
    return String.format(Locale.ROOT, "%.4f", value).replaceAll("\\.?0+$", "");
  }

  /**
   * Returns whether the other object is a network with the same layers, input size and
   * initialization.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Vgg vgg
        && layers.equals(vgg.layers)
        && input() == vgg.input()
        && initialization().equals(vgg.initialization());
  }

  @Override
  public int hashCode() {
    return Objects.hash(layers, input(), initialization());
  }

  /**
   * Returns the network as a table: layer, kernel, output shape, receptive field, parameters, MACs.
   */
  @Override
  public String toString() {
    return SummaryText.of(this);
  }
}
