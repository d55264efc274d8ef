package verydeep.localization;

/** Whether an image counts as right, and if not, why. */
public enum Outcome {
  /** A guess has the true class and a box on one of its objects. */
  RIGHT("right"),

  /** A guess has the true class, but its box is on none of its objects. */
  WRONG_PLACE("class right, place wrong"),

  /** No guess has the true class, though a box of another class is on one of its objects. */
  WRONG_CLASS("place right, class wrong"),

  /** No guess has the true class, and no box is on one of its objects. */
  WRONG_BOTH("class and place wrong");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  /** Returns the outcome in words. */
  @Override
  public String toString() {
    return words;
  }
}
