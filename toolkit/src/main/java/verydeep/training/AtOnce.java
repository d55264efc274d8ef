package verydeep.training;

/** How many pictures a device holds in memory together, where no number is given. */
public enum AtOnce {
  /** As many as fit. */
  AUTO
}
