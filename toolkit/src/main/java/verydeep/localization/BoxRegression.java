package verydeep.localization;

import java.util.List;
import verydeep.VerydeepException;
import verydeep.data.BoxedImages;
import verydeep.weights.Checkpoint;

/**
 * The meaning of the last layer's units in a localization network (appendix A): the four numbers of
 * one box for any class (single-class regression, SCR), or of one box per class (per-class
 * regression, PCR), class by class.
 *
 * @param classes the classes with their own box; none in single-class regression
 */
record BoxRegression(List<String> classes) {

  private static final List<String> NUMBERS = List.of("x", "y", "width", "height");

  /**
   * Copies the names.
   *
   * @param classes the classes with their own box; none in single-class regression
   */
  public BoxRegression {
    classes = List.copyOf(classes);
  }

  /**
   * Returns the regression of one box for any class (SCR): 4 outputs.
   *
   * @return the regression
   */
  public static BoxRegression single() {
    return new BoxRegression(List.of());
  }

  /**
   * Returns the regression of one box per class (PCR): 4 outputs per class.
   *
   * @param classes their names, one or more
   * @return the regression
   */
  public static BoxRegression perClass(List<String> classes) {
    if (classes.isEmpty()) {
      throw new VerydeepException("No class was given. Per-class boxes need one class or more.");
    }
    return new BoxRegression(classes);
  }

  /**
   * Returns the regression that a network was trained for, by the names of its outputs.
   *
   * @param checkpoint a localization network
   * @return the regression
   * @throws VerydeepException if it is another network, such as a classifier
   */
  public static BoxRegression of(Checkpoint checkpoint) {
    List<String> names = checkpoint.classNames();
    String last = " " + NUMBERS.get(3);
    List<String> classes =
        names.stream()
            .filter(name -> name.endsWith(last))
            .map(name -> name.substring(0, name.length() - last.length()))
            .toList();
    BoxRegression regression = new BoxRegression(classes);
    if (!regression.outputs().equals(names)) {
      throw new VerydeepException(
          "Network "
              + checkpoint.network().label()
              + " does not predict boxes. The outputs of a localization network are "
              + NUMBERS
              + ", or these for each class; this network has "
              + names.size()
              + ", "
              + names.stream().limit(3).toList()
              + (names.size() > 3 ? " and so on." : "."));
    }
    return regression;
  }

  /** {@return whether each class has its own box} */
  public boolean perClass() {
    return !classes.isEmpty();
  }

  /**
   * Returns the names of the last layer's units.
   *
   * @return {@code x, y, width, height}; in per-class regression {@code cat x} and so on
   */
  public List<String> outputs() {
    return perClass()
        ? classes.stream().flatMap(name -> NUMBERS.stream().map(n -> name + " " + n)).toList()
        : NUMBERS;
  }

  /**
   * Returns the index where a class's box begins.
   *
   * @param name the class
   * @return the index of its first output; 0 for any class in single-class regression
   * @throws VerydeepException if the class has no box
   */
  public int first(String name) {
    if (!perClass()) {
      return 0;
    }
    int label = classes.indexOf(name);
    if (label < 0) {
      throw new VerydeepException(
          "There is no box for class \"" + name + "\"; the classes are " + classes + ".");
    }
    return 4 * label;
  }

  /**
   * Returns the box of a class.
   *
   * @param outputs the outputs of the last layer for one image
   * @param name the class
   * @return its four numbers
   */
  public BoxTarget box(float[] outputs, String name) {
    return at(outputs, first(name));
  }

  /** Returns the box of the four numbers from an index on. */
  static BoxTarget at(float[] outputs, int first) {
    return new BoxTarget(
        outputs[first], outputs[first + 1], outputs[first + 2], outputs[first + 3]);
  }

  /** Checks that each image shows objects of one class, and that the class has a box. */
  void check(BoxedImages images) {
    if (images.size() == 0) {
      throw new VerydeepException("There are no images; one or more are needed.");
    }
    for (int i = 0; i < images.size(); i++) {
      List<String> names = images.annotated(i).names();
      if (names.size() != 1) {
        throw new VerydeepException(
            "%s shows %s. Each image for a localization network must show objects of one class."
                .formatted(images.annotated(i).file(), names.isEmpty() ? "nothing" : names));
      }
      first(names.get(0));
    }
  }

  /** Returns {@code SCR}, or {@code PCR of} the classes. */
  @Override
  public String toString() {
    String names = String.join(", ", classes.size() > 5 ? classes.subList(0, 5) : classes);
    return perClass() ? "PCR of " + classes.size() + " classes, " + names : "SCR";
  }
}
