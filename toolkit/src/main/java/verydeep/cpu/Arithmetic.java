package verydeep.cpu;

import java.util.concurrent.atomic.AtomicBoolean;
import verydeep.VerydeepException;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.network.ForwardPass;
import verydeep.network.Layer;
import verydeep.network.Parameters;

/**
 * Who multiplies in a forward pass, and how. {@link #FAST} and {@link #EXACT} are this toolkit's
 * own kernels for CPUs, which need the JVM's option {@code --add-modules jdk.incubator.vector} and
 * vectors of 256 bits or more; {@link #DJL} runs everywhere, and on a GPU.
 *
 * <p>{@link #FAST}, {@link #EXACT} and {@link #DJL} agree to about one part in a million of a
 * layer's largest number.
 */
public enum Arithmetic {
  /**
   * Winograd's F(4x4, 3x3), a quarter of the multiplications: a layer's error is at most 1e-5 of
   * its largest number, usually 1e-6. A layer whose weights do not bear it falls back to {@link
   * #EXACT}. The window of fc6 over a map that is larger than it goes by F(2x2, 7x7), a third of
   * the multiplications, with weights that take 1.3 times the memory; D then holds them twice if it
   * is given both crops and whole images.
   */
  FAST,

  /** F(2x2, 3x3) or direct, as exact as a direct convolution in 32 bits: at most 2e-6. */
  EXACT,

  /** DJL's PyTorch engine, in 32 bits. */
  DJL,

  /**
   * DJL on a card of 2020 or later, whose units round what they multiply to 11 significant bits:
   * two to three times as fast as {@link #DJL} there, with errors of 1e-3 of a layer's largest
   * number. On a CPU the same as {@link #DJL}.
   */
  DJL_TF32,

  /**
   * DJL with weights and maps in 16 bits, scores in 32: for cards with tensor cores. On a CPU it
   * works, and is many times slower. Networks with normalization, whose sums overflow 16 bits, are
   * refused.
   */
  DJL_FLOAT16;

  /**
   * Multiplications from which on {@link #FAST} is chosen: 33 images of 224x224 through D. With
   * fewer, compiling the kernels and transforming the weights, a second or so, costs more than they
   * save: the benchmark cold-start.
   */
  static final double ENOUGH = 5e11;

  /**
   * Channels of the first convolution from which on {@link #FAST} is chosen: its kernels compute 32
   * at once, and with 16 are 1.2 times as fast as DJL, with 8 only 0.6 to 0.9 times (net A, 64 and
   * 224 pixels).
   */
  static final int WIDE = 16;

  private static final AtomicBoolean SAID = new AtomicBoolean();

  /**
   * The arithmetic for a piece of work, by its amount alone, so that the same work always gives the
   * same bits: {@link #FAST} if there is enough of it, the network is not narrow, there is no GPU,
   * and the heap holds the transformed weights; else {@link #DJL}. Where only the JVM's option is
   * missing, a line on standard error says so, once.
   *
   * @param parameters the weights and their network
   * @param multiplications multiply-accumulate operations of all images
   * @return the arithmetic
   */
  public static Arithmetic forWork(Parameters parameters, double multiplications) {
    boolean fits = 4 * parameters.bytes() < Runtime.getRuntime().maxMemory();
    Layer first = parameters.network().layers().get(0);
    boolean wide = first instanceof Layer.Convolution c && c.outputs() >= WIDE;
    if (multiplications < ENOUGH || !wide || !fits || DjlForwardPass.usesGpu()) {
      return DJL;
    }
    String missing = VectorModule.missing();
    if (missing.isEmpty()) {
      return FAST;
    }
    if (!SAID.getAndSet(true)) {
      System.err.println(
          "verydeep: " + missing + "; testing takes DJL's arithmetic, about half as fast.");
    }
    return DJL;
  }

  /**
   * Loads weights for this arithmetic.
   *
   * @param parameters the weights and their network
   * @return the forward pass; it says by {@link ForwardPass#arithmetic()} what it is
   * @throws VerydeepException if this JVM or processor lacks what {@link #FAST} or {@link #EXACT}
   *     need
   */
  public ForwardPass load(Parameters parameters) {
    return switch (this) {
      case DJL -> DjlForwardPass.of(parameters);
      case DJL_TF32 -> DjlForwardPass.of(parameters, DjlForwardPass.Numbers.TF32);
      case DJL_FLOAT16 -> DjlForwardPass.of(parameters, DjlForwardPass.Numbers.FLOAT16);
      case FAST -> kernels(parameters, Winograd.FOUR);
      case EXACT -> kernels(parameters, Winograd.TWO);
    };
  }

  private ForwardPass kernels(Parameters parameters, Winograd form) {
    String missing = VectorModule.missing();
    if (!missing.isEmpty()) {
      throw new VerydeepException("Arithmetic " + this + " cannot run: " + missing + "; DJL can.");
    }
    return new CpuForwardPass(parameters, form, Team.SHARED);
  }
}
