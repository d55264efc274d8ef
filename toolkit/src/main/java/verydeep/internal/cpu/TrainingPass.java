package verydeep.internal.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/**
 * A network in training with this package's kernels: its weights, the gradients of a batch, and the
 * step that changes them.
 *
 * <p>A gradient has the same bits for any number of threads and however the batch is cut: each
 * image's forward and backward pass is its own, and sums over images are taken in an order that
 * only depends on the batch. With batch normalization, images are no longer apart, and a gradient
 * is the same to the bit for any number of threads only.
 */
public final class TrainingPass {

  /**
   * The memory a training needs as a multiple of its weights: weights, gradients, velocities, sums
   * of gradients, and a validation's copy of the weights with its transformed form.
   */
  private static final long TIMES = 7;

  private final Vgg network;
  private final Winograd form;
  private final Team team;
  private final Learning learning;
  private final ConvolutionChain convolutions;
  private final UnitChain units;

  /** The factors by which dropout multiplies hidden units. */
  @FunctionalInterface
  public interface Masks {
    /**
     * Returns the factors for an image. Several threads ask.
     *
     * @param layer 0 for fc6, 1 for fc7
     * @param image the image's number within the batch
     * @return a factor for each unit; an empty array if no unit is dropped
     */
    float[] mask(int layer, int image);
  }

  /** What a network's outputs are compared with. */
  @FunctionalInterface
  public interface Loss {
    /**
     * Computes the gradient of the loss.
     *
     * @param outputs the outputs of the last layer, images x units
     * @param from the first image within the batch
     * @param to the index after the last one
     * @param gradient receives the gradient with respect to the outputs; all zeros before
     */
    void compare(float[] outputs, int from, int to, float[] gradient);
  }

  TrainingPass(Parameters parameters, Set<String> learned, Winograd form, Team team) {
    this.network = parameters.network();
    this.form = form;
    this.team = team;
    this.learning = new Learning(learned);
    Workspace workspace = new Workspace(team.size());
    convolutions = new ConvolutionChain(parameters, learning, form, team, workspace);
    units = new UnitChain(parameters, learning, convolutions.learns(), team, workspace);
  }

  /** Returns why a network cannot be trained, as the end of a sentence; empty if it can. */
  static String whyNot(Vgg network) {
    if (network.convolutionsOnly()) {
      return "the network has no classifier";
    }
    long needed = TIMES * bytes(network) + ChainMemory.imageBytes(network);
    long heap = Runtime.getRuntime().maxMemory();
    return heap < needed
        ? String.format(
            Locale.ROOT,
            "it needs a heap of %.1f GB, and this JVM has at most %.1f GB; start it with a larger"
                + " -Xmx",
            needed / 1e9,
            heap / 1e9)
        : "";
  }

  private static long bytes(Vgg network) {
    return 4 * network.parameterShapes().stream().mapToLong(ParameterShape::size).sum();
  }

  /**
   * Returns how many images of a batch fit into the heap besides the weights. The gradient does not
   * depend on it, unless the network has batch normalization.
   *
   * @param network the network
   * @param batch the images of a batch
   * @return at least 1 and at most the batch
   */
  public static int fitting(Vgg network, int batch) {
    long free = Runtime.getRuntime().maxMemory() - TIMES * bytes(network);
    return (int) Math.max(1, Math.min(batch, free / 2 / ChainMemory.imageBytes(network)));
  }

  /**
   * Computes the gradients of a batch. Batch normalization takes its statistics over the images
   * that are in memory together; each share begins with the same running statistics, and the next
   * ones are the mean over the shares, weighted by their images. Other networks do not know how the
   * batch is cut.
   *
   * @param pixels the preprocessed images, images x 3 x side x side
   * @param shares the numbers of images of the shares of a batch
   * @param microBatch the most images of a share to hold in memory at a time
   * @param masks the units to drop
   * @param loss the loss
   */
  public void gradients(FloatBuffer pixels, int[] shares, int microBatch, Masks masks, Loss loss) {
    team.take();
    try {
      convolutions.begin();
      units.begin();
      int together = Math.min(microBatch, convolutions.memory().most());
      int images = Arrays.stream(shares).sum();
      int first = 0;
      for (int share : shares) {
        convolutions.beginShare();
        int end = first + share;
        for (int from = first; from < end; from += together) {
          int count = Math.min(together, end - from);
          Maps maps = convolutions.forward(pixels, from, count);
          units.run(maps, from, masks, loss);
          convolutions.backward(from, count);
        }
        convolutions.endShare((double) share / images);
        first = end;
      }
      convolutions.finish();
    } finally {
      team.release();
    }
  }

  /**
   * Takes the step of section 3.1, with the rate inside of the momentum as in the paper's
   * framework: v = momentum v + rate (g + decay w), w = w - v.
   *
   * @param momentum the momentum
   * @param rate the learning rate of an array that learns
   * @param decay the weight decay of an array that learns
   */
  public void step(
      double momentum,
      ToDoubleFunction<ParameterShape> rate,
      ToDoubleFunction<ParameterShape> decay) {
    team.take();
    try {
      for (ParameterShape shape : learned()) {
        float arrayRate = (float) rate.applyAsDouble(shape);
        float arrayDecay = (float) decay.applyAsDouble(shape);
        learning.of(shape).step(team, (float) momentum, arrayRate, arrayDecay);
      }
      convolutions.step();
    } finally {
      team.release();
    }
  }

  /**
   * Returns the arrays that learn.
   *
   * @return their shapes, first layer first
   */
  public List<ParameterShape> learned() {
    return network.parameterShapes().stream().filter(shape -> learning.of(shape).learns()).toList();
  }

  /**
   * Returns a copy of an array's current weights.
   *
   * @param shape the array
   * @return its weights
   */
  public Tensor weights(ParameterShape shape) {
    return learning.of(shape).tensor();
  }

  /**
   * Returns a copy of the last batch's gradient with respect to an array that learns.
   *
   * @param shape the array
   * @return its gradient
   */
  public Tensor gradient(ParameterShape shape) {
    return learning.of(shape).gradientTensor();
  }

  /**
   * Returns a copy of the momentum's v of an array that learns.
   *
   * @param shape the array
   * @return its v
   */
  public Tensor velocity(ParameterShape shape) {
    return learning.of(shape).velocityTensor();
  }

  /**
   * Sets the momentum's v of an array that learns.
   *
   * @param shape the array
   * @param velocity its v
   */
  public void setVelocity(ParameterShape shape, Tensor velocity) {
    learning.of(shape).setVelocity(velocity);
  }

  /**
   * Returns a copy of all current weights.
   *
   * @return the weights
   */
  public Parameters snapshot() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterShape shape : network.parameterShapes()) {
      tensors.put(shape.name(), weights(shape));
    }
    return Parameters.of(network, tensors);
  }

  /**
   * Returns the network.
   *
   * @return the network whose weights these are
   */
  public Vgg network() {
    return network;
  }

  /**
   * Describes the arithmetic and its memory.
   *
   * @return such as {@code F(4x4, 3x3) on vectors of 512 bits, 2 threads; 1.9 GB for the weights
   *     and their gradients, and 48.5 MB per image}
   */
  public String arithmetic() {
    return String.format(
        Locale.ROOT,
        "%s; %.2f GB for the weights and their gradients, and %.2f MB per image",
        CpuForwardPass.describe(form, team),
        weightBytes() / 1e9,
        imageBytes() / 1e6);
  }

  /** Returns the bytes of the weights, their gradients, velocities, and sums of gradients. */
  long weightBytes() {
    return learning.bytes() + convolutions.sumBytes();
  }

  /** Returns the bytes of an image's maps. */
  long imageBytes() {
    return convolutions.memory().imageBytes();
  }

  /** Returns the bytes of the maps that are held now. */
  long heldBytes() {
    return convolutions.memory().heldBytes();
  }
}
