package verydeep.internal.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import verydeep.VerydeepException;
import verydeep.internal.devices.Gpus;
import verydeep.internal.images.Levels;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.network.NetworkSummary;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * The forward pass with DJL's PyTorch engine, on a CPU or a GPU. Each layer's input is freed as
 * soon as its output exists, so that the memory beyond the weights is that of the largest layer's
 * two maps (26 MB per image for D at 224).
 */
public final class DjlForwardPass implements ForwardPass {

  private final Vgg network;
  private final Numbers numbers;
  private final NDManager manager;
  private final Map<ParameterShape, NDArray> weights = new HashMap<>();

  /** Memory for images, pinned, and grown to the largest batch. */
  private Levels room = Levels.allocate(0, 0);

  private final PinnedMemory pinned = new PinnedMemory();

  /** The precision of the computation. */
  public enum Numbers {
    /** 32 bits. */
    FLOAT32("", DataType.FLOAT32, 32),

    /** 32 bits, which a GPU rounds to 11 significant bits before multiplying. */
    TF32(" in TF32", DataType.FLOAT32, 16),

    /** 16 bits, with scores in 32 bits. */
    FLOAT16(" in 16 bits", DataType.FLOAT16, 16);

    private final String words;
    private final DataType type;

    /**
     * The number of images of one shape from which a GPU uses cuDNN. Its plan for a new shape takes
     * 14 ms for D in TF32 and 20 ms in 16 bits; without one, an image of 256x320 takes 1 ms instead
     * of 0.3. In 32 bits libtorch's own convolution is as fast. Photos of many shapes go through in
     * small batches. The number of images alone decides, so that the same call gives the same bits.
     */
    private final int worthPlanning;

    Numbers(String words, DataType type, int worthPlanning) {
      this.words = words;
      this.type = type;
      this.worthPlanning = worthPlanning;
    }
  }

  private DjlForwardPass(Parameters parameters, Numbers numbers) {
    network = parameters.network();
    this.numbers = numbers;
    manager = NDManager.newBaseManager(usesGpu() ? Device.gpu() : Device.cpu(), "PyTorch");
    WeightLayout layout =
        usesGpu() && numbers == Numbers.FLOAT32
            ? WeightLayout.CHANNELS_FIRST
            : WeightLayout.CHANNELS_LAST;
    try {
      Gpus.settle(manager);
      for (ParameterShape shape : network.parameterShapes()) {
        NDArray loaded = NativeTensors.load(manager, parameters.get(shape.name()), layout);
        NDArray weight = loaded.toType(numbers.type, false);
        if (weight != loaded) {
          loaded.close();
        }
        weights.put(shape, weight);
      }
    } catch (RuntimeException | Error e) {
      manager.close(); // half of the weights may be in native memory
      throw e;
    }
  }

  /**
   * Loads weights onto DJL's default device: the first GPU, or the CPU if there is none.
   *
   * @param parameters the weights and their network
   * @return the forward pass
   */
  public static DjlForwardPass of(Parameters parameters) {
    return of(parameters, Numbers.FLOAT32);
  }

  /**
   * Loads weights onto DJL's default device: the first GPU, or the CPU if there is none.
   *
   * @param parameters the weights and their network
   * @param numbers the precision to compute in
   * @return the forward pass
   * @throws VerydeepException for 16 bits and a network with normalization, whose sums overflow
   */
  public static DjlForwardPass of(Parameters parameters, Numbers numbers) {
    if (numbers == Numbers.FLOAT16 && normalizes(parameters.network())) {
      throw new VerydeepException(
          "Network "
              + parameters.network().label()
              + " has normalization, whose sums overflow 16 bits. Use TF32 or 32 bits.");
    }
    return new DjlForwardPass(parameters, numbers);
  }

  private static boolean normalizes(Vgg network) {
    return network.layers().stream()
        .anyMatch(
            layer ->
                layer instanceof Layer.BatchNormalization
                    || layer instanceof Layer.LocalResponseNormalization);
  }

  /**
   * Returns whether DJL computes on a GPU on this machine.
   *
   * @return true if it has one that CUDA can use
   */
  public static boolean usesGpu() {
    return Gpus.count() > 0;
  }

  @Override
  public String arithmetic() {
    return "DJL's PyTorch" + numbers.words + (usesGpu() ? " on a GPU" : "");
  }

  @Override
  public long bytes() {
    return manager.isOpen()
        ? network.parameterShapes().stream().mapToLong(s -> s.size()).sum()
            * numbers.type.getNumOfBytes()
        : 0;
  }

  @Override
  public int pixelsTogether() {
    return usesGpu() ? 64 * 224 * 224 : ForwardPass.super.pixelsTogether();
  }

  @Override
  public Vgg network() {
    return network;
  }

  /** Memory that a GPU reads directly; on a CPU, numbers are faster. */
  @Override
  public Optional<Levels> levels(int images, int pixels) {
    if (!usesGpu()) {
      return Optional.empty();
    }
    if (!room.holds(images, pixels)) {
      pinned.close();
      room = room.atLeast(images, pixels);
      pinned.pin(room.bytes());
    }
    return Optional.of(room.part(images, pixels));
  }

  @Override
  public List<Activations> run(Levels images, int height, int width, List<String> layers) {
    return run(
        scope -> NativeTensors.look(scope, images, height, width, numbers.type),
        images.size(),
        height,
        width,
        layers);
  }

  @Override
  public List<Activations> run(
      FloatBuffer pixels, int images, int height, int width, List<String> layers) {
    Shape shape = new Shape(images, 3, height, width);
    return run(
        scope -> NativeTensors.copy(scope, pixels, shape).toType(numbers.type, false),
        images,
        height,
        width,
        layers);
  }

  private List<Activations> run(
      Function<NDManager, NDArray> input, int images, int height, int width, List<String> layers) {
    network.checkImage(height, width);
    NetworkSummary summary = network.summary(height, width);
    List<Integer> taps = layers.stream().map(network::activationIndex).toList();
    int last = Collections.max(taps);
    Map<Integer, float[]> taken = new HashMap<>();
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try (NDManager scope = manager.newSubManager()) {
      Gpus.allowTf32(numbers != Numbers.FLOAT32);
      Gpus.useCudnn(images >= numbers.worthPlanning);
      NDArray x = input.apply(scope);
      List<Layer> order = order(last, taps);
      for (int i = 0; i < order.size(); i++) {
        x = step(order.get(i), x);
        // by position: a pooling whose ReLU was moved after it is complete only then
        if (taps.contains(i)) {
          taken.put(i, maps(x).toType(DataType.FLOAT32, false).toFloatArray());
        }
      }
    } finally {
      Gpus.useCudnn(true);
      JniUtils.setGradMode(gradients);
    }
    List<Activations> activations = new ArrayList<>();
    for (int i = 0; i < taps.size(); i++) {
      MapShape shape = summary.rows().get(taps.get(i)).output();
      activations.add(new Activations(layers.get(i), images, shape, taken.get(taps.get(i))));
    }
    return List.copyOf(activations);
  }

  /** Returns the layers up to the last one wanted; a wanted layer's ReLU stays in place. */
  private List<Layer> order(int last, List<Integer> taps) {
    List<Layer> layers = network.layers().subList(0, last + 1);
    boolean reluWanted =
        taps.stream()
            .anyMatch(
                i ->
                    i < last
                        && layers.get(i) instanceof Layer.Relu
                        && layers.get(i + 1) instanceof Layer.MaxPooling);
    return reluWanted ? layers : LayerArithmetic.order(layers);
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
    pinned.close();
    manager.close();
    Gpus.empty(); // tests with many shapes leave tens of gigabytes cached
  }
}
