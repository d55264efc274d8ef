package verydeep.transfer;

import verydeep.data.Presence;

/** What the examples of a training show. */
interface Truth {

  /** Whether an example shows a class. */
  Presence of(int example, int label);

  /** That of images of one class each. */
  static Truth ofClasses(Features features) {
    return (example, label) -> features.label(example) == label ? Presence.SHOWN : Presence.ABSENT;
  }
}
