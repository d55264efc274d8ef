package verydeep.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The forward pass by DJL's PyTorch engine, on a CPU or a GPU. Each layer's input is freed as soon
 * as its output is there, so that the memory above the weights is that of two maps of the largest
 * layer (26 MB a picture for D at 224).
 */
public final class DjlForwardPass implements ForwardPass {

  private final Vgg network;
  private final NDManager manager;
  private final Map<ParameterShape, NDArray> weights = new HashMap<>();

  private DjlForwardPass(Parameters parameters) {
    network = parameters.network();
    manager = NDManager.newBaseManager("PyTorch");
    try {
      for (ParameterShape shape : network.parameterShapes()) {
        weights.put(shape, NativeTensors.load(manager, shape, parameters.get(shape.name())));
      }
    } catch (RuntimeException | Error e) {
      manager.close(); // half of the weights may be in native memory
      throw e;
    }
  }

  /**
   * Loads weights onto DJL's default device: the first GPU, else the CPU.
   *
   * @param parameters the weights and their network
   * @return the forward pass
   */
  public static DjlForwardPass of(Parameters parameters) {
    return new DjlForwardPass(parameters);
  }

  /**
   * Whether DJL computes on a GPU here.
   *
   * @return true if this machine has one that CUDA knows
   */
  public static boolean usesGpu() {
    return CudaUtils.hasCuda();
  }

  @Override
  public String arithmetic() {
    return "DJL's PyTorch";
  }

  @Override
  public long bytes() {
    return manager.isOpen()
        ? network.parameterShapes().stream().mapToLong(s -> 4 * s.size()).sum()
        : 0;
  }

  @Override
  public Vgg network() {
    return network;
  }

  @Override
  public List<Activations> run(
      FloatBuffer pixels, int pictures, int height, int width, List<String> layers) {
    network.checkPicture(height, width);
    NetworkSummary summary = network.summary(height, width);
    List<Integer> taps = layers.stream().map(network::response).toList();
    int last = Collections.max(taps);
    Map<Integer, float[]> taken = new HashMap<>();
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try (NDManager scope = manager.newSubManager()) {
      NDArray x = scope.create(pixels.slice(), new Shape(pictures, 3, height, width));
      List<Layer> order = order(last, taps);
      for (int i = 0; i < order.size(); i++) {
        x = step(order.get(i), x);
        // by position: a pooling whose rectifier was put behind it is complete only then
        if (taps.contains(i)) {
          taken.put(i, maps(x).toFloatArray());
        }
      }
    } finally {
      JniUtils.setGradMode(gradients);
    }
    List<Activations> responses = new ArrayList<>();
    for (int i = 0; i < taps.size(); i++) {
      MapShape shape = summary.rows().get(taps.get(i)).output();
      responses.add(new Activations(layers.get(i), pictures, shape, taken.get(taps.get(i))));
    }
    return List.copyOf(responses);
  }

  /** The layers up to the last one wanted; a wanted layer's rectifier stays where it is. */
  private List<Layer> order(int last, List<Integer> taps) {
    List<Layer> layers = network.layers().subList(0, last + 1);
    boolean rectifierWanted =
        taps.stream()
            .anyMatch(
                i ->
                    i < last
                        && layers.get(i) instanceof Layer.Rectifier
                        && layers.get(i + 1) instanceof Layer.MaxPooling);
    return rectifierWanted ? layers : LayerArithmetic.order(layers);
  }

  private NDArray step(Layer layer, NDArray x) {
    try (NDManager scope = x.getManager().newSubManager()) {
      x.attach(scope);
      NDArray y = LayerArithmetic.apply(layer, x, weights::get, false);
      y.attach(scope.getParentManager());
      return y;
    }
  }

  private static NDArray maps(NDArray x) {
    return x.getShape().dimension() == 4 ? x : x.transpose(0, 2, 1);
  }

  @Override
  public void close() {
    manager.close();
  }
}
