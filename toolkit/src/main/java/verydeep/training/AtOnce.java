package verydeep.training;

/** How many images a device holds in memory together, where no number is given. */
public enum AtOnce {
  /** As many as fit. */
  AUTO
}
