package verydeep.data;

import java.util.Objects;

/**
 * An object in an image, as annotated.
 *
 * @param name its class
 * @param box where it is
 * @param difficult whether it is hard to recognize; VOC does not count such objects
 * @param truncated whether the box contains only a part of it
 * @param pose the side it is seen from, in VOC's words; empty if not stated
 */
public record ObjectAnnotation(
    String name, BoundingBox box, boolean difficult, boolean truncated, String pose) {

  /**
   * Checks that nothing is missing.
   *
   * @param name its class
   * @param box where it is
   * @param difficult whether it is hard to recognize; VOC does not count such objects
   * @param truncated whether the box contains only a part of it
   * @param pose the side it is seen from, in VOC's words; empty if not stated
   */
  public ObjectAnnotation {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(box, "box");
    Objects.requireNonNull(pose, "pose");
  }

  /**
   * Creates an object of which nothing else is known.
   *
   * @param name its class
   * @param box where it is
   */
  public ObjectAnnotation(String name, BoundingBox box) {
    this(name, box, false, false, "");
  }

  /** Returns text such as {@code WBC (259, 176)-(491, 376)}. */
  @Override
  public String toString() {
    return name + " " + box + (difficult ? ", difficult" : "") + (truncated ? ", truncated" : "");
  }
}
