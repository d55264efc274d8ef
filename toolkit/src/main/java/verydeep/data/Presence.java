package verydeep.data;

/** Whether an image shows a class. */
public enum Presence {
  /** The class is shown; 1 in PASCAL VOC's files. */
  SHOWN,

  /**
   * The class is shown but hard to see: PASCAL VOC's "difficult", 0 in its files. Such images count
   * neither for nor against a classifier of the class.
   */
  DIFFICULT,

  /** The class is not shown; -1 in PASCAL VOC's files. */
  ABSENT
}
