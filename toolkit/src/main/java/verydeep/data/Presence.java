package verydeep.data;

/** Whether an image shows a class. */
public enum Presence {
  /** It does; 1 in PASCAL VOC's files. */
  SHOWN,

  /**
   * It does, but so that it is hard to see: PASCAL VOC's "difficult", 0 in its files. Such images
   * count neither for nor against a classifier of the class.
   */
  DIFFICULT,

  /** It does not; -1 in PASCAL VOC's files. */
  ABSENT
}
