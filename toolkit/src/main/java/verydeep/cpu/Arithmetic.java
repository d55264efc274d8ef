package verydeep.cpu;

import java.util.concurrent.atomic.AtomicBoolean;
import verydeep.VerydeepException;
import verydeep.internal.cpu.Kernels;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.djl.DjlGradients;
import verydeep.internal.gradients.LayerGradients;
import verydeep.internal.onednn.OneDnn;
import verydeep.network.ForwardPass;
import verydeep.network.Layer;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * The implementations of the arithmetic of testing and training. {@link #FAST} and {@link #EXACT}
 * are this toolkit's own kernels for CPUs, which need the JVM option {@code --add-modules
 * jdk.incubator.vector} and vectors of 256 bits or more; {@link #DJL} runs everywhere, including on
 * a GPU. Those of fewer than 32 bits are never chosen unless they are named.
 *
 * <p>{@link #FAST}, {@link #EXACT} and {@link #DJL} agree to about one part in a million, relative
 * to a layer's largest number.
 */
public enum Arithmetic {
  /**
   * Winograd's F(4x4, 3x3) with a quarter of the multiplications: a layer's error is at most 1e-5
   * of its largest number, usually 1e-6. A layer whose weights do not tolerate it falls back to
   * {@link #EXACT}. Errors of D's trained convolutions with batch normalization add up to 6e-7 of
   * the largest number of pool5, those of {@link #DJL} to 7e-7. The window of fc6 over a larger map
   * uses F(2x2, 7x7), with a third of the multiplications and weights that take 1.3 times the
   * memory; D holds them twice if it is run on both crops and whole images.
   */
  FAST,

  /**
   * F(2x2, 3x3) or direct, as exact as a direct convolution in 32 bits: the error is at most 2e-6.
   */
  EXACT,

  /** DJL's PyTorch engine, in 32 bits. */
  DJL,

  /**
   * DJL on a GPU from 2020 or later, whose units round factors to 11 significant bits: two to three
   * times as fast as {@link #DJL} there, with errors of 1e-3 of a layer's largest number. On a CPU
   * it is the same as {@link #DJL}.
   */
  DJL_TF32,

  /**
   * DJL with weights and maps in 16 bits and scores in 32, for GPUs with tensor cores. It also
   * works on a CPU, but many times slower. Networks with normalization, whose sums overflow 16
   * bits, are rejected.
   */
  DJL_FLOAT16,

  /**
   * Weights and maps in bfloat16, which has 8 significant bits, summed in 32 bits by oneDNN: errors
   * of 4e-3 to 2e-2 of the largest number in D's trained convolutions, and of several 1e-2 in the
   * scores of narrow networks. For testing on Linux, Windows and macOS with processors that have
   * AMX or AVX512_BF16, and programs that add the dependency {@code
   * org.bytedeco:dnnl-platform:3.11-1.5.13}. An image with a pixel that is not finite is answered
   * with NaN.
   */
  BF16;

  /**
   * The number of multiplications from which {@link #FAST} is chosen: 33 images of 224x224 through
   * D. With fewer, compiling the kernels and transforming the weights, which takes about a second,
   * costs more than they save; see the benchmark cold-start.
   */
  static final double ENOUGH = 5e11;

  /**
   * The number of channels in the first convolution from which {@link #FAST} is chosen: its kernels
   * compute 16 at once. With 16 they are clearly faster than DJL, with 8 about as fast or a third
   * faster, with 4 sometimes slower; see the narrow works of the benchmark testing.
   */
  static final int WIDE = 8;

  /**
   * The number of multiplications from which a training uses {@link #FAST}: 200 steps of A at
   * quarter width on 32 images of 64x64, or 3 of D on 8 images of 224x224. With fewer, compiling
   * the kernels costs more than they save.
   */
  static final double ENOUGH_TO_TRAIN = 1e12;

  /** The number of channels in the first convolution from which a training uses {@link #FAST}. */
  static final int WIDE_TO_TRAIN = 16;

  private static final AtomicBoolean SAID = new AtomicBoolean();

  /**
   * Chooses the arithmetic for a piece of work by its amount alone, so that the same work always
   * yields the same bits: {@link #FAST} if there is enough work, the network is not narrow, there
   * is no GPU, and the transformed weights fit into the heap; otherwise {@link #DJL}. If only the
   * JVM option is missing, a line on standard error says so, once.
   *
   * @param parameters the weights and their network
   * @param multiplications the multiply-accumulate operations for all images
   * @return the arithmetic
   */
  public static Arithmetic forWork(Parameters parameters, double multiplications) {
    boolean fits = 4 * parameters.bytes() < Runtime.getRuntime().maxMemory();
    Layer first = parameters.network().layers().get(0);
    boolean wide = first instanceof Layer.Convolution c && c.outputs() >= WIDE;
    if (multiplications < ENOUGH || !wide || !fits || DjlForwardPass.usesGpu()) {
      return DJL;
    }
    String missing = Kernels.missing();
    if (missing.isEmpty()) {
      return FAST;
    }
    if (!SAID.getAndSet(true)) {
      System.err.println(
          "verydeep: " + missing + "; testing uses DJL's arithmetic, which is about half as fast.");
    }
    return DJL;
  }

  /**
   * Chooses the arithmetic for an amount of work that is not known, such as the requests to a
   * server: as {@link #forWork} does for much of it.
   *
   * @param parameters the weights and their network
   * @return the arithmetic
   */
  public static Arithmetic forAnyWork(Parameters parameters) {
    return forWork(parameters, Double.POSITIVE_INFINITY);
  }

  /**
   * Returns whether the result for an image has the same bits whatever else is in its batch.
   *
   * @return true for this toolkit's own kernels
   */
  public boolean sameBitsInAnyBatch() {
    return this == FAST || this == EXACT;
  }

  /**
   * Loads weights for this arithmetic.
   *
   * @param parameters the weights and their network
   * @return the forward pass; {@link ForwardPass#arithmetic()} describes it
   * @throws VerydeepException if this JVM or processor lacks what {@link #FAST}, {@link #EXACT} or
   *     {@link #BF16} needs, or {@link #BF16} gets a weight that is not finite
   */
  public ForwardPass load(Parameters parameters) {
    return switch (this) {
      case DJL -> DjlForwardPass.of(parameters);
      case DJL_TF32 -> DjlForwardPass.of(parameters, DjlForwardPass.Numbers.TF32);
      case DJL_FLOAT16 -> DjlForwardPass.of(parameters, DjlForwardPass.Numbers.FLOAT16);
      case FAST -> checked(Kernels.FAST).load(parameters);
      case EXACT -> checked(Kernels.EXACT).load(parameters);
      case BF16 -> bfloat(parameters);
    };
  }

  /**
   * Prepares a network for gradients with respect to its input and its layers.
   *
   * @param parameters the weights and their network
   * @return the gradients
   * @throws VerydeepException if this JVM or processor lacks what {@link #FAST} or {@link #EXACT}
   *     needs, or the arithmetic is one of fewer bits, which has no gradients
   */
  public LayerGradients gradients(Parameters parameters) {
    return switch (this) {
      case DJL -> DjlGradients.of(parameters);
      case FAST -> checked(Kernels.FAST).gradients(parameters);
      case EXACT -> checked(Kernels.EXACT).gradients(parameters);
      case DJL_TF32, DJL_FLOAT16, BF16 ->
          throw new VerydeepException(
              "Arithmetic " + this + " has no gradients with respect to images. Use DJL.");
    };
  }

  /**
   * Chooses the arithmetic of a training by its amount of work alone, so that the same training
   * always yields the same bits on the same kind of processor: {@link #FAST} if there is enough
   * work, the network is not narrow, and the toolkit's kernels can train it in this JVM; otherwise
   * {@link #DJL}.
   *
   * @param network the network
   * @param multiplications the multiply-accumulate operations of the whole training
   * @return the arithmetic
   */
  public static Arithmetic forTraining(Vgg network, double multiplications) {
    boolean enough = multiplications >= ENOUGH_TO_TRAIN && channels(network) >= WIDE_TO_TRAIN;
    return enough && FAST.whyNotTrain(network).isEmpty() ? FAST : DJL;
  }

  private static int channels(Vgg network) {
    return network.layers().get(0) instanceof Layer.Convolution c ? c.outputs() : 0;
  }

  /**
   * Returns why this arithmetic cannot train a network in this JVM.
   *
   * @param network the network
   * @return the reason as the end of a sentence; empty if there is none
   */
  public String whyNotTrain(Vgg network) {
    return switch (this) {
      case DJL -> "";
      case DJL_TF32, DJL_FLOAT16 ->
          "trainings use FAST, EXACT or DJL, and mixed precision on a GPU";
      case BF16 -> "it computes forward passes only; trainings use FAST, EXACT or DJL";
      case FAST, EXACT -> Kernels.whyNotTrain(network);
    };
  }

  private static ForwardPass bfloat(Parameters parameters) {
    String missing = OneDnn.missing();
    if (!missing.isEmpty()) {
      throw new VerydeepException(
          "Arithmetic BF16 cannot run: " + missing + ". Use FAST, EXACT or DJL.");
    }
    return OneDnn.load(parameters);
  }

  private Kernels checked(Kernels kernels) {
    String missing = Kernels.missing();
    if (!missing.isEmpty()) {
      throw new VerydeepException("Arithmetic " + this + " cannot run: " + missing + ". Use DJL.");
    }
    return kernels;
  }
}
