package verydeep.localization;

import verydeep.data.BoundingBox;

/**
 * The result of one view of an image: the classes' scores and a box for each class at each place of
 * the score map. A view is one localization network at one scale, on the image or its flip.
 */
public interface BoxMap {

  /**
   * Returns the number of places in the map.
   *
   * @return rows times columns; 0 or more
   */
  int places();

  /**
   * Returns the number of classes with scores.
   *
   * @return the same number for all views of an image
   */
  int classes();

  /**
   * Returns the classifier's score for a class at a place.
   *
   * @param place from 0, row by row
   * @param label the class's index
   * @return its posterior, 0 or more
   */
  double score(int place, int label);

  /**
   * Returns where the localization network sees the object.
   *
   * @param place from 0, row by row
   * @param label the class's index; with a single box (SCR) it is the same for all classes
   * @return the box, in pixels of the image
   */
  BoundingBox box(int place, int label);
}
