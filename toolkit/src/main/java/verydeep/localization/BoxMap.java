package verydeep.localization;

import verydeep.data.BoundingBox;

/**
 * What one look at an image says: at each place of the score map the classes' scores and a box for
 * each class. A view is one localization network at one scale, of the image or its flipped image.
 */
public interface BoxMap {

  /**
   * How many places the map has.
   *
   * @return rows times columns; 0 or more
   */
  int places();

  /**
   * How many classes have scores.
   *
   * @return the same for all looks at an image
   */
  int classes();

  /**
   * How sure the classifier is of a class at a place.
   *
   * @param place from 0, row by row
   * @param label the class's index
   * @return its posterior, 0 or more
   */
  double score(int place, int label);

  /**
   * Where the localization network sees the object.
   *
   * @param place from 0, row by row
   * @param label the class's index; a network with a single box (SCR) gives the same one for all
   * @return the box, in pixels of the image
   */
  BoundingBox box(int place, int label);
}
