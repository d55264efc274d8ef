package verydeep.training;

/** The state of a learning rate: its drops so far, and how long validation has not improved. */
final class Plateau {

  private final LearningRate settings;
  private int fewestWrong = Integer.MAX_VALUE;
  private int since;
  private int falls;
  private boolean ended;

  Plateau(LearningRate settings) {
    this.settings = settings;
  }

  /** Restores a saved state. */
  Plateau(LearningRate settings, State state) {
    this(settings);
    fewestWrong = state.fewestWrong();
    since = state.since();
    falls = state.falls();
    ended = state.ended();
  }

  /**
   * Everything that changes.
   *
   * @param fewestWrong the number of wrong images in the best epoch
   * @param since epochs since the best one
   * @param falls drops of the rate so far
   * @param ended whether the accuracy stopped improving after the last drop too
   */
  record State(int fewestWrong, int since, int falls, boolean ended) {}

  State state() {
    return new State(fewestWrong, since, falls, ended);
  }

  double rate() {
    return settings.first() / Math.pow(settings.factor(), falls);
  }

  /**
   * Records the result of an epoch.
   *
   * @param wrong the number of wrong images in the validation set
   * @return whether it is better than all earlier ones
   */
  boolean observe(int wrong) {
    if (wrong < fewestWrong) {
      fewestWrong = wrong;
      since = 0;
      return true;
    }
    since++;
    if (since >= settings.patience()) {
      since = 0;
      ended = falls == settings.falls();
      falls += ended ? 0 : 1;
    }
    return false;
  }

  boolean ended() {
    return ended;
  }
}
