package verydeep.internal.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/**
 * A network as a DJL block, for training and for use with DJL's own tools. Its children are the
 * layers with parameters, named {@code conv1_1} to {@code fc8}.
 *
 * <p>Input: (images, 3, height, width), preprocessed. Output: (images, classes) scores before the
 * soft-max for images of the training size; (images, channels, height, width) for a network with
 * convolutions only. In training, further inputs are the dropout masks, first to last, (images, 1,
 * units), by which their layers are multiplied; without them DJL draws its own.
 *
 * <p>A layer whose parameters are all frozen ({@link Parameter#freeze}) works as in testing: its
 * batch normalization uses its running statistics and leaves them unchanged.
 */
public final class VggBlock extends AbstractBlock {

  private static final byte VERSION = 1;

  private final Vgg network;
  private final List<Layer> order;
  private final Map<ParameterShape, Parameter> byShape = new LinkedHashMap<>();

  private VggBlock(Vgg network) {
    super(VERSION);
    this.network = network;
    this.order = LayerArithmetic.order(network.layers());
    for (Layer layer : network.layers()) {
      if (!layer.parameters().isEmpty()) {
        LayerBlock child = new LayerBlock(layer);
        children.add(layer.name(), child);
        byShape.putAll(child.byShape());
      }
    }
  }

  /**
   * Creates a block without weights; {@link #initialize} or {@link #load} provides them.
   *
   * @param network the network
   * @return the block
   */
  public static VggBlock of(Vgg network) {
    return new VggBlock(network);
  }

  /**
   * Returns the network.
   *
   * @return the network
   */
  public Vgg network() {
    return network;
  }

  /**
   * Loads weights into the block.
   *
   * @param manager owns the arrays and determines the device
   * @param weights the weights of this block's network
   * @throws VerydeepException if the weights belong to another network
   */
  public void load(NDManager manager, Parameters weights) {
    load(manager, weights, WeightLayout.CHANNELS_LAST);
  }

  /**
   * Loads weights into the block.
   *
   * @param manager owns the arrays and determines the device
   * @param weights the weights of this block's network
   * @param layout the memory layout of convolution weights; it affects only the last digits of
   *     results
   * @throws VerydeepException if the weights belong to another network
   */
  public void load(NDManager manager, Parameters weights, WeightLayout layout) {
    if (!weights.network().layers().equals(network.layers())) {
      throw new VerydeepException(
          "The parameters of network "
              + weights.network().label()
              + " do not fit network "
              + network.label()
              + ".");
    }
    byShape.forEach(
        (shape, parameter) -> {
          parameter.close();
          parameter.setShape(null);
          parameter.setArray(NativeTensors.load(manager, weights.get(shape.name()), layout));
        });
  }

  /**
   * Copies the block's weights.
   *
   * @return the current weights
   */
  public Parameters parameters() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    byShape.forEach(
        (shape, parameter) -> {
          // the library would make and keep a copy of an array laid out channels-last
          try (NDManager scope = parameter.getArray().getManager().newSubManager()) {
            NDArray flat = parameter.getArray().reshape(-1);
            flat.attach(scope); // and with it the copy in the JVM's memory of an array on a GPU
            tensors.put(shape.name(), Tensor.of(shape.sizes(), flat.toFloatArray()));
          }
        });
    return Parameters.of(network, tensors);
  }

  /**
   * Returns the block's arrays by the shapes of its network.
   *
   * @return DJL's parameters, first layer first
   */
  public Map<ParameterShape, Parameter> byShape() {
    return Collections.unmodifiableMap(byShape);
  }

  /**
   * Returns true once weights are loaded; the shape of the images, which DJL asks for, is not
   * needed.
   */
  @Override
  public boolean isInitialized() {
    return byShape.values().stream().allMatch(Parameter::isInitialized);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> arguments) {
    NDArray input = inputs.get(0);
    NDArray x = input;
    Device device = x.getDevice();
    int masks = 0;
    for (Layer layer : order) {
      if (layer instanceof Layer.Dropout && training && inputs.size() > 1) {
        x = next(input, x, x.mul(inputs.get(++masks)));
        continue;
      }
      boolean learns = training && !isFrozen(layer);
      NDArray y =
          LayerArithmetic.apply(
              layer, x, p -> store.getValue(byShape.get(p), device, learns), learns);
      x = next(input, x, y);
    }
    return new NDList(network.convolutionsOnly() ? x : x.reshape(x.getShape().get(0), -1));
  }

  /** Releases a map: libtorch keeps exactly those it needs to compute gradients. */
  private static NDArray next(NDArray input, NDArray x, NDArray y) {
    if (x != input && x != y) {
      x.close();
    }
    return y;
  }

  private boolean isFrozen(Layer layer) {
    return !layer.parameters().isEmpty()
        && layer.parameters().stream().noneMatch(p -> byShape.get(p).requiresGradient());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape input = inputShapes[0];
    int height = (int) input.get(2);
    int width = (int) input.get(3);
    if (network.convolutionsOnly()) {
      MapShape output = network.summary(height, width).output();
      return new Shape[] {
        new Shape(input.get(0), output.channels(), output.height(), output.width())
      };
    }
    if (height != network.input() || width != network.input()) {
      throw new VerydeepException(
          "The block of network "
              + network.label()
              + " takes images of "
              + network.input()
              + "x"
              + network.input()
              + " pixels; these are "
              + height
              + "x"
              + width
              + ". Use dense evaluation for other sizes.");
    }
    return new Shape[] {new Shape(input.get(0), network.classes())};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    load(manager, Parameters.initial(network, 0));
  }
}
