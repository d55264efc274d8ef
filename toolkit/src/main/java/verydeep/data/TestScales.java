package verydeep.data;

/**
 * The scales Q at which the paper tests a network, which follow from the scale S at which it was
 * trained.
 *
 * <pre>{@code
 * Evaluation.of(checkpoint, images)
 *     .dense()
 *     .scales(TestScales.three(jittered(256, 512), 224)) // 256, 384, 512
 *     .run();
 * }</pre>
 */
public final class TestScales {

  /** The paper's networks see 224 pixels, and are tested 32 pixels below and above S. */
  private static final double STEP = 32 / 224.0;

  private TestScales() {}

  /**
   * Q of a test at one scale (section 4.1).
   *
   * @param trained S
   * @return S if it was fixed, the middle of its range if it was jittered, pixels
   */
  public static int single(TrainingScale trained) {
    return (trained.smallest() + trained.largest()) / 2;
  }

  /**
   * The three Q that are averaged in a test over several scales (section 4.2).
   *
   * @param trained S
   * @param input the side of the square that the network was trained on, pixels
   * @return S - 32, S and S + 32 if S was fixed and the input is 224, in proportion for others; the
   *     ends and the middle of its range if it was jittered
   */
  public static int[] three(TrainingScale trained, int input) {
    int step = (int) Math.round(STEP * input);
    boolean fixed = trained.smallest() == trained.largest();
    return fixed
        ? new int[] {trained.smallest() - step, trained.smallest(), trained.smallest() + step}
        : new int[] {trained.smallest(), single(trained), trained.largest()};
  }
}
