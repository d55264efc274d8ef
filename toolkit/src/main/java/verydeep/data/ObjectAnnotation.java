package verydeep.data;

import java.util.Objects;

/**
 * An object in an image, as somebody marked it.
 *
 * @param name its class
 * @param box where it is
 * @param difficult whether it is hard to recognize; VOC does not count such objects
 * @param truncated whether the box holds a part of it only
 * @param pose from where it is seen, as VOC says; empty where it is not said
 */
public record ObjectAnnotation(
    String name, BoundingBox box, boolean difficult, boolean truncated, String pose) {

  /**
   * Checks that all is there.
   *
   * @param name its class
   * @param box where it is
   * @param difficult whether it is hard to recognize; VOC does not count such objects
   * @param truncated whether the box holds a part of it only
   * @param pose from where it is seen, as VOC says; empty where it is not said
   */
  public ObjectAnnotation {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(box, "box");
    Objects.requireNonNull(pose, "pose");
  }

  /**
   * An object of which nothing more is known.
   *
   * @param name its class
   * @param box around it
   */
  public ObjectAnnotation(String name, BoundingBox box) {
    this(name, box, false, false, "");
  }

  /** {@code WBC (259, 176)-(491, 376)}. */
  @Override
  public String toString() {
    return name + " " + box + (difficult ? ", difficult" : "") + (truncated ? ", truncated" : "");
  }
}
