package verydeep.training;

/** How many pictures a device has in memory together, where no number is said. */
public enum AtOnce {
  /** As many as fit. */
  AUTO
}
