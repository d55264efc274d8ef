package verydeep.training;

/** Where a learning rate stands: its falls so far, and how long nothing has become better. */
final class Plateau {

  private final LearningRate settings;
  private int fewestWrong = Integer.MAX_VALUE;
  private int since;
  private int falls;
  private boolean ended;

  Plateau(LearningRate settings) {
    this.settings = settings;
  }

  /** Where another stood. */
  Plateau(LearningRate settings, State state) {
    this(settings);
    fewestWrong = state.fewestWrong();
    since = state.since();
    falls = state.falls();
    ended = state.ended();
  }

  /**
   * All that changes.
   *
   * @param fewestWrong wrong images of the best epoch
   * @param since epochs since it
   * @param falls of the rate
   * @param ended whether the accuracy stood still after the last fall too
   */
  record State(int fewestWrong, int since, int falls, boolean ended) {}

  State state() {
    return new State(fewestWrong, since, falls, ended);
  }

  double rate() {
    return settings.first() / Math.pow(settings.factor(), falls);
  }

  /**
   * Takes the result of an epoch.
   *
   * @param wrong images of the validation set that were wrong
   * @return whether it is better than all before
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
