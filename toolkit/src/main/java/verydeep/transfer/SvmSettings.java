package verydeep.transfer;

import verydeep.VerydeepException;

/**
 * What the training of a linear classifier is told, besides its examples.
 *
 * @param cost the cost C of a violated margin; 0 to choose it
 * @param folds how many folds to choose it by; {@link #FIFTH} for a held-out fifth of the images,
 *     {@link #BY_NUMBER} for what suits their number
 * @param seed decides which images are held out to choose it
 */
record SvmSettings(double cost, int folds, long seed) {

  static final int BY_NUMBER = 0;
  static final int FIFTH = 1;

  /**
   * From so many images on a fifth is enough: of 200 images held out, the share that is wrong has a
   * standard error of 3 points or less. On fewer, chance chooses.
   */
  static final int MANY = 1000;

  private static final int USUAL_FOLDS = 5;

  static final SvmSettings DEFAULT = new SvmSettings(0, BY_NUMBER, 0);

  SvmSettings withCost(double given) {
    if (!(given > 0) || Double.isInfinite(given)) {
      throw new VerydeepException("The cost C is " + given + "; it must be above 0 and finite.");
    }
    return new SvmSettings(given, folds, seed);
  }

  SvmSettings withFolds(int given) {
    if (given < 2) {
      throw new VerydeepException("The number of folds is " + given + "; it must be 2 or more.");
    }
    return new SvmSettings(cost, given, seed);
  }

  SvmSettings withFifth() {
    return new SvmSettings(cost, FIFTH, seed);
  }

  /** How many folds to choose the cost by; {@link #FIFTH} for a held-out fifth. */
  int folds(int images) {
    if (folds != BY_NUMBER) {
      return folds;
    }
    return images < MANY ? Math.min(USUAL_FOLDS, images) : FIFTH;
  }

  SvmSettings withSeed(long given) {
    return new SvmSettings(cost, folds, given);
  }

  boolean choosesCost() {
    return cost == 0;
  }

  /** The cost, or how it is chosen. */
  @Override
  public String toString() {
    return choosesCost()
        ? "C chosen from " + CostChoice.COSTS + (folds <= FIFTH ? "" : " by " + folds + " folds")
        : "C " + cost;
  }
}
