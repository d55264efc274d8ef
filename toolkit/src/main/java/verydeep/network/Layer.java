package verydeep.network;

import java.util.List;

/**
 * A layer of a network, as data: its name, its geometry, its parameters and its cost. Whatever
 * runs, prints, reads or writes a network goes through a list of these.
 */
public sealed interface Layer {

  /**
   * The layer's name in MatConvNet's manner: {@code conv3_1}, {@code relu3_1}, {@code pool3},
   * {@code fc6}.
   *
   * @return the name, unique in its network
   */
  String name();

  /**
   * The shape that the layer makes of a shape.
   *
   * @param input channels, height and width of what comes in
   * @return channels, height and width of what goes out
   */
  default MapShape output(MapShape input) {
    return input;
  }

  /**
   * The side of the square of its input that one output depends on, in pixels of its input.
   *
   * @return 1 for a layer that works on each place alone
   */
  default int kernel() {
    return 1;
  }

  /**
   * The distance between the windows of neighbouring outputs, in pixels of its input.
   *
   * @return 2 for a max-pooling, else 1
   */
  default int stride() {
    return 1;
  }

  /**
   * The arrays of parameters that the layer holds.
   *
   * @return none for a layer that learns nothing
   */
  default List<ParameterShape> parameters() {
    return List.of();
  }

  /**
   * Multiplications with an addition that one image costs.
   *
   * @param input the shape of what comes in
   * @return multiply-accumulate operations; 0 for layers without weights, as is usual
   */
  default long macs(MapShape input) {
    return 0;
  }

  /**
   * A convolution of stride 1 (section 2.1).
   *
   * @param name {@code conv3_1}: the first of block 3
   * @param kernel side of the window in pixels: 3, or 1 in configuration C
   * @param inputs channels that come in
   * @param outputs channels that go out
   */
  record Convolution(String name, int kernel, int inputs, int outputs) implements Layer {

    /**
     * The padding that keeps the map's size: 1 pixel for a 3x3 window.
     *
     * @return pixels of zeros at each edge
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
   * Batch normalization between a convolution and its relu: not the paper's, but of torchvision's
   * {@code _bn} networks. eps is 1e-5; the running statistics move by a tenth a batch.
   *
   * @param name {@code bn3_1}, behind {@code conv3_1}
   * @param channels channels that come in and go out
   */
  record BatchNormalization(String name, int channels) implements Layer {

    /** Added to the variance, as in torchvision. */
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
   * The relu, max(0, x), behind every hidden layer (section 2.1).
   *
   * @param name {@code relu3_1}, behind {@code conv3_1}
   */
  record Relu(String name) implements Layer {}

  /**
   * Local response normalization across channels, of configuration A-LRN, as in Krizhevsky et al.
   * 2012, section 3.3: b = a / (k + alpha * sum of a^2 over the neighbouring channels) ^ beta,
   * where alpha is not divided by the number of neighbours.
   *
   * @param name {@code norm1}
   * @param neighbours n, the channels in the sum, this one in their middle: 5
   * @param k 2
   * @param alpha 1e-4
   * @param beta 0.75
   */
  record LocalResponseNormalization(
      String name, int neighbours, double k, double alpha, double beta) implements Layer {

    /** The constants of Krizhevsky et al. 2012, which section 2.1 takes over. */
    static LocalResponseNormalization krizhevsky(String name) {
      return new LocalResponseNormalization(name, 5, 2, 1e-4, 0.75);
    }
  }

  /**
   * Max-pooling over 2x2 pixels with stride 2 (section 2.1). An odd last row or column is left out.
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
   * A fully connected layer, seen as what it is in section 3.2: a convolution without padding whose
   * window is the whole map that it was trained on. fc6 of a 224-pixel network is a 7x7
   * convolution, fc7 and fc8 are 1x1 convolutions.
   *
   * @param name {@code fc6}, {@code fc7} or {@code fc8}
   * @param window side of the window in cells of the input map
   * @param inputs channels that come in
   * @param outputs units, which are the channels that go out
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
   * Dropout behind the first two fully connected layers (section 3.1); nothing in testing.
   *
   * @param name {@code drop6} or {@code drop7}
   * @param rate the share of units that are set to zero
   */
  record Dropout(String name, double rate) implements Layer {}
}
