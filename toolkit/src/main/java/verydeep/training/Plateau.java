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

  double rate() {
    return settings.first() / Math.pow(settings.factor(), falls);
  }

  /**
   * Takes the result of an epoch.
   *
   * @param wrong pictures of the validation set that were wrong
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
