package verydeep.transfer;

import verydeep.VerydeepException;

/**
 * What the training of a linear classifier is told, besides its examples.
 *
 * @param cost the cost C of a violated margin; 0 to choose it
 * @param folds how many folds to choose it by; 0 for a fifth of the images
 * @param seed decides which images are held out to choose it
 */
record SvmSettings(double cost, int folds, long seed) {

  static final SvmSettings DEFAULT = new SvmSettings(0, 0, 0);

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
        ? "C chosen from " + CostChoice.COSTS + (folds == 0 ? "" : " by " + folds + " folds")
        : "C " + cost;
  }
}
