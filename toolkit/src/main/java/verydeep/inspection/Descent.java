package verydeep.inspection;

/** How levels change to make a loss smaller. */
interface Descent {

  /**
   * Takes a step.
   *
   * @param levels the levels, which change
   * @param gradient of the loss at the levels
   */
  void step(float[] levels, float[] gradient);

  /** Makes one for an image. */
  @FunctionalInterface
  interface Kind {
    Descent of(int size);
  }
}
