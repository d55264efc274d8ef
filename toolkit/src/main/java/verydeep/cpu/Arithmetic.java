package verydeep.cpu;

/**
 * The implementations of the arithmetic of testing and training. {@link #FAST} and {@link #EXACT}
 * are this toolkit's own kernels for CPUs, which need the JVM option {@code --add-modules
 * jdk.incubator.vector} and vectors of 256 bits or more; {@link #DJL} runs everywhere, including on
 * a GPU. Those of fewer than 32 bits are never chosen unless they are named.
 *
 * <p>If none is named, the amount of work alone chooses one, so that the same work always yields
 * the same bits: {@link #FAST} from about 33 images of 224x224 through D, if the network is not
 * narrow, there is no GPU, and the transformed weights fit into the heap; otherwise {@link #DJL}. A
 * training uses {@link #FAST} from about 3 steps of D on 8 images of 224x224.
 *
 * <p>{@link #FAST}, {@link #EXACT} and {@link #DJL} agree to about one part in a million, relative
 * to a layer's largest number.
 */
public enum Arithmetic {
  /**
   * Winograd's F(4x4, 3x3) with a quarter of the multiplications, and F(2x2, 5x5) for 5x5 layers: a
   * layer's error is at most 1e-5 of its largest number, usually 1e-6. A layer whose weights do not
   * tolerate it falls back to {@link #EXACT}. Errors of D's trained convolutions with batch
   * normalization add up to 6e-7 of the largest number of pool5, those of {@link #DJL} to 7e-7. The
   * window of fc6 over a larger map uses F(2x2, 7x7), with a third of the multiplications and
   * weights that take 1.3 times the memory; D holds them twice if it is run on both crops and whole
   * images.
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
   * Returns whether the result for an image has the same bits whatever else is in its batch.
   *
   * @return true for this toolkit's own kernels
   */
  public boolean sameBitsInAnyBatch() {
    return this == FAST || this == EXACT;
  }
}
