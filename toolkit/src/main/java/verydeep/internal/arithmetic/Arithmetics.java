package verydeep.internal.arithmetic;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.internal.cpu.Kernels;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.djl.DjlGradients;
import verydeep.internal.onednn.OneDnn;
import verydeep.internal.passes.ForwardPass;
import verydeep.internal.passes.LayerGradients;
import verydeep.network.Layer;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** Chooses an arithmetic by the amount of work, and loads weights for it. */
public final class Arithmetics {

  /**
   * The number of multiplications from which {@link Arithmetic#FAST} is chosen: 33 images of
   * 224x224 through D. With fewer, compiling the kernels and transforming the weights, which takes
   * about a second, costs more than they save; see the benchmark cold-start.
   */
  static final double ENOUGH = 5e11;

  /**
   * The number of channels in the first convolution from which {@link Arithmetic#FAST} is chosen:
   * its kernels compute 16 at once. With 16 they are clearly faster than DJL, with 8 about as fast
   * or a third faster, with 4 sometimes slower; see the narrow works of the benchmark testing.
   */
  static final int WIDE = 8;

  /**
   * The number of multiplications from which a training uses {@link Arithmetic#FAST}: 200 steps of
   * A at quarter width on 32 images of 64x64, or 3 of D on 8 images of 224x224. With fewer,
   * compiling the kernels costs more than they save.
   */
  static final double ENOUGH_TO_TRAIN = 1e12;

  /**
   * The number of channels in the first convolution from which a training uses {@link
   * Arithmetic#FAST}, which is that of a sixteenth of the width. A step of A takes half of DJL's
   * time there, and one of D, 0.7 of it.
   */
  private static final int WIDE_TO_TRAIN = 4;

  private static final AtomicBoolean SAID = new AtomicBoolean();

  private Arithmetics() {}

  /**
   * Chooses the arithmetic for a piece of work by its amount alone, so that the same work always
   * yields the same bits: {@link Arithmetic#FAST} if there is enough work, the network is not
   * narrow, there is no GPU, and the transformed weights fit into the heap; otherwise {@link
   * Arithmetic#DJL}. If only the JVM option or the heap is at fault, a line on standard error says
   * so, once.
   *
   * @param multiplications the multiply-accumulate operations for all images
   */
  public static Arithmetic forWork(Parameters parameters, double multiplications) {
    boolean wide = channels(parameters.network()) >= WIDE;
    if (multiplications < ENOUGH || !wide || DjlForwardPass.usesGpu()) {
      return Arithmetic.DJL;
    }
    String missing = Kernels.missing();
    String reason = missing.isEmpty() ? tooSmallHeap(parameters) : missing;
    if (reason.isEmpty()) {
      return Arithmetic.FAST;
    }
    if (!SAID.getAndSet(true)) {
      System.err.println(
          "verydeep: " + reason + "; testing uses DJL's arithmetic, which is about half as fast.");
    }
    return Arithmetic.DJL;
  }

  /** F(4x4, 3x3) makes four numbers of one; those of fully connected layers leave room for maps. */
  private static String tooSmallHeap(Parameters parameters) {
    long needed = 4 * parameters.bytes();
    long heap = Runtime.getRuntime().maxMemory();
    return heap > needed
        ? ""
        : String.format(
            Locale.ROOT,
            "the kernels need a heap of more than %.2f GB for %s, and this JVM has at most %.2f GB"
                + " (-Xmx)",
            needed / 1e9,
            parameters.network().label(),
            heap / 1e9);
  }

  /**
   * Chooses the arithmetic for an amount of work that is not known, such as the requests to a
   * server: as {@link #forWork} does for much of it.
   */
  public static Arithmetic forAnyWork(Parameters parameters) {
    return forWork(parameters, Double.POSITIVE_INFINITY);
  }

  /**
   * Chooses the arithmetic of a training by its amount of work alone, so that the same training
   * always yields the same bits on the same kind of processor: {@link Arithmetic#FAST} if there is
   * enough work, the network is not narrow, and the toolkit's kernels can train it in this JVM;
   * otherwise {@link Arithmetic#DJL}.
   *
   * @param multiplications the multiply-accumulate operations of the whole training
   */
  public static Arithmetic forTraining(Vgg network, double multiplications) {
    boolean enough = multiplications >= ENOUGH_TO_TRAIN;
    boolean wide = channels(network) >= WIDE_TO_TRAIN;
    return enough && wide && whyNotTrain(Arithmetic.FAST, network).isEmpty()
        ? Arithmetic.FAST
        : Arithmetic.DJL;
  }

  private static int channels(Vgg network) {
    return network.layers().get(0) instanceof Layer.Convolution c ? c.outputs() : 0;
  }

  /**
   * Loads weights for a forward pass.
   *
   * @throws VerydeepException if this JVM or processor lacks what {@link Arithmetic#FAST}, {@link
   *     Arithmetic#EXACT} or {@link Arithmetic#BF16} needs, or {@link Arithmetic#BF16} gets a
   *     weight that is not finite
   */
  public static ForwardPass load(Arithmetic arithmetic, Parameters parameters) {
    return switch (arithmetic) {
      case DJL -> DjlForwardPass.of(parameters);
      case DJL_TF32 -> DjlForwardPass.of(parameters, DjlForwardPass.Numbers.TF32);
      case DJL_FLOAT16 -> DjlForwardPass.of(parameters, DjlForwardPass.Numbers.FLOAT16);
      case FAST -> checked(arithmetic, Kernels.FAST).load(parameters);
      case EXACT -> checked(arithmetic, Kernels.EXACT).load(parameters);
      case BF16 -> bfloat(parameters);
    };
  }

  /**
   * Prepares a network for gradients with respect to its input and its layers.
   *
   * @throws VerydeepException if this JVM or processor lacks what {@link Arithmetic#FAST} or {@link
   *     Arithmetic#EXACT} needs, or the arithmetic is one of fewer bits, which has no gradients
   */
  public static LayerGradients gradients(Arithmetic arithmetic, Parameters parameters) {
    return switch (arithmetic) {
      case DJL -> DjlGradients.of(parameters);
      case FAST -> checked(arithmetic, Kernels.FAST).gradients(parameters);
      case EXACT -> checked(arithmetic, Kernels.EXACT).gradients(parameters);
      case DJL_TF32, DJL_FLOAT16, BF16 ->
          throw new VerydeepException(
              "Arithmetic " + arithmetic + " has no gradients with respect to images. Use DJL.");
    };
  }

  /**
   * Returns why an arithmetic cannot train a network in this JVM, as the end of a sentence; empty
   * if it can.
   */
  public static String whyNotTrain(Arithmetic arithmetic, Vgg network) {
    return switch (arithmetic) {
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

  private static Kernels checked(Arithmetic arithmetic, Kernels kernels) {
    String missing = Kernels.missing();
    if (!missing.isEmpty()) {
      throw new VerydeepException(
          "Arithmetic " + arithmetic + " cannot run: " + missing + ". Use DJL.");
    }
    return kernels;
  }
}
