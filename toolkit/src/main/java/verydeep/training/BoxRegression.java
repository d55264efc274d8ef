package verydeep.training;

import verydeep.data.BoxTarget;

/**
 * What the units of the last layer are in a localisation network (appendix A): the four numbers of
 * one box whatever the class is (single-class regression, SCR), or of a box for each class
 * (per-class regression, PCR), class after class.
 *
 * @param classes how many classes the pictures have
 * @param perClass whether each class has its own box
 */
public record BoxRegression(int classes, boolean perClass) {

  /** Checks that there is a class. */
  public BoxRegression {
    Checks.that(classes >= 1, "number of classes", classes, "1 or more");
  }

  /**
   * One box whatever the class is (SCR).
   *
   * @param classes how many classes the pictures have
   * @return the regression
   */
  public static BoxRegression single(int classes) {
    return new BoxRegression(classes, false);
  }

  /**
   * A box for each class (PCR).
   *
   * @param classes how many classes the pictures have
   * @return the regression
   */
  public static BoxRegression perClass(int classes) {
    return new BoxRegression(classes, true);
  }

  /**
   * The units of the last layer.
   *
   * @return 4, or 4 a class
   */
  public int outputs() {
    return perClass ? Math.multiplyExact(4, classes) : 4;
  }

  /**
   * Where a class's box begins.
   *
   * @param label the class's index
   * @return the index of its first output; 0 for every class in single-class regression
   */
  public int first(int label) {
    return perClass ? 4 * label : 0;
  }

  /**
   * The box of a class.
   *
   * @param outputs of the last layer for one picture
   * @param label the class's index
   * @return its four numbers
   */
  public BoxTarget box(float[] outputs, int label) {
    return at(outputs, first(label));
  }

  /** The four numbers from an index on. */
  static BoxTarget at(float[] outputs, int first) {
    return new BoxTarget(
        outputs[first], outputs[first + 1], outputs[first + 2], outputs[first + 3]);
  }

  /** {@code SCR} or {@code PCR}, as the paper writes. */
  public String label() {
    return perClass ? "PCR" : "SCR";
  }
}
