package verydeep.network;

import java.util.List;

/**
 * A layer of a network, as data: its name, geometry, parameters and cost. Everything that runs,
 * prints, reads or writes a network works from a list of these.
 */
public sealed interface Layer {

  /**
   * Returns the layer's name in MatConvNet's style: {@code conv3_1}, {@code relu3_1}, {@code
   * pool3}, {@code fc6}.
   *
   * @return the name, unique within its network
   */
  String name();

  /**
   * Returns the shape of the layer's output.
   *
   * @param input channels, height and width of the input
   * @return channels, height and width of the output
   */
  default MapShape output(MapShape input) {
    return input;
  }

  /**
   * Returns the side of the square of the input that one output depends on, in pixels of the input.
   *
   * @return the side; 1 for a layer that works on each position separately
   */
  default int kernel() {
    return 1;
  }

  /**
   * Returns the distance between the windows of neighboring outputs, in pixels of the input.
   *
   * @return 2 for max-pooling, otherwise 1
   */
  default int stride() {
    return 1;
  }

  /**
   * Returns the layer's arrays of parameters.
   *
   * @return the shapes; none for a layer that learns nothing
   */
  default List<ParameterShape> parameters() {
    return List.of();
  }

  /**
   * Returns the multiply-accumulate operations that one image costs.
   *
   * @param input the shape of the input
   * @return the number of operations; by convention 0 for layers without weights
   */
  default long macs(MapShape input) {
    return 0;
  }

  /**
   * A convolution with stride 1 (section 2.1).
   *
   * @param name {@code conv3_1}: the first of block 3
   * @param kernel the side of the window in pixels: 3, or 1 in configuration C
   * @param inputs the number of input channels
   * @param outputs the number of output channels
   */
  record Convolution(String name, int kernel, int inputs, int outputs) implements Layer {

    /**
     * Returns the padding that preserves the map's size: 1 pixel for a 3x3 window.
     *
     * @return the number of zero pixels at each edge
     */
    public int padding() {
      return (kernel - 1) / 2;
    }

    @Override
    public MapShape output(MapShape input) {
      return new MapShape(outputs, input.height(), input.width());
    }

    @Override
    public List<ParameterShape> parameters() {
      return List.of(
          ParameterShape.weight(name, outputs, inputs, kernel, kernel),
          ParameterShape.bias(name, outputs));
    }

    @Override
    public long macs(MapShape input) {
      return (long) kernel * kernel * inputs * outputs * input.height() * input.width();
    }

    @Override
    public String toString() {
      return name
          + ": "
          + kernel
          + "x"
          + kernel
          + " convolution, "
          + inputs
          + " to "
          + outputs
          + " channels";
    }
  }

  /**
   * Batch normalization between a convolution and its ReLU, which is not in the paper but in
   * torchvision's {@code _bn} networks. eps is 1e-5; the running statistics move by a tenth per
   * batch.
   *
   * @param name {@code bn3_1}, after {@code conv3_1}
   * @param channels the number of input and output channels
   */
  record BatchNormalization(String name, int channels) implements Layer {

    /** The constant added to the variance, as in torchvision. */
    public static final float EPSILON = 1e-5f;

    @Override
    public List<ParameterShape> parameters() {
      return List.of(
          new ParameterShape(name + ".weight", List.of(channels), true, false),
          ParameterShape.bias(name, channels),
          new ParameterShape(name + ".running_mean", List.of(channels), false, false),
          new ParameterShape(name + ".running_var", List.of(channels), false, false));
    }
  }

  /**
   * The ReLU, max(0, x), after every hidden layer (section 2.1).
   *
   * @param name {@code relu3_1}, after {@code conv3_1}
   */
  record Relu(String name) implements Layer {}

  /**
   * Local response normalization across channels, used in configuration A-LRN, as in Krizhevsky et
   * al. (2012), section 3.3: b = a / (k + alpha * sum of a^2 over the neighboring channels) ^ beta,
   * where alpha is not divided by the number of neighbors.
   *
   * @param name {@code norm1}
   * @param neighbours n, the number of channels in the sum, centered on this one: 5
   * @param k 2
   * @param alpha 1e-4
   * @param beta 0.75
   */
  record LocalResponseNormalization(
      String name, int neighbours, double k, double alpha, double beta) implements Layer {

    /**
     * Returns the layer with the constants of Krizhevsky et al. (2012), which section 2.1 adopts.
     */
    static LocalResponseNormalization krizhevsky(String name) {
      return new LocalResponseNormalization(name, 5, 2, 1e-4, 0.75);
    }
  }

  /**
   * Max-pooling over 2x2 pixels with stride 2 (section 2.1). An odd last row or column is dropped.
   *
   * @param name {@code pool3}: at the end of block 3
   */
  record MaxPooling(String name) implements Layer {

    @Override
    public MapShape output(MapShape input) {
      return new MapShape(input.channels(), input.height() / 2, input.width() / 2);
    }

    @Override
    public int kernel() {
      return 2;
    }

    @Override
    public int stride() {
      return 2;
    }
  }

  /**
   * A fully connected layer, treated as in section 3.2: as a convolution without padding whose
   * window is the whole map it was trained on. fc6 of a 224-pixel network is a 7x7 convolution; fc7
   * and fc8 are 1x1 convolutions.
   *
   * @param name {@code fc6}, {@code fc7} or {@code fc8}
   * @param window the side of the window in cells of the input map
   * @param inputs the number of input channels
   * @param outputs the number of units, which are the output channels
   */
  record FullyConnected(String name, int window, int inputs, int outputs) implements Layer {

    @Override
    public MapShape output(MapShape input) {
      return new MapShape(outputs, input.height() - window + 1, input.width() - window + 1);
    }

    @Override
    public int kernel() {
      return window;
    }

    @Override
    public List<ParameterShape> parameters() {
      return List.of(
          ParameterShape.weight(name, outputs, Math.multiplyExact(inputs, window * window)),
          ParameterShape.bias(name, outputs));
    }

    @Override
    public long macs(MapShape input) {
      MapShape output = output(input);
      return (long) window * window * inputs * output.size();
    }

    @Override
    public String toString() {
      return name
          + ": fully connected, "
          + window
          + "x"
          + window
          + "x"
          + inputs
          + " to "
          + outputs
          + " units";
    }
  }

  /**
   * Dropout after the first two fully connected layers (section 3.1); it does nothing in testing.
   *
   * @param name {@code drop6} or {@code drop7}
   * @param rate the fraction of units set to zero
   */
  record Dropout(String name, double rate) implements Layer {}
}
