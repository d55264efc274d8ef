package verydeep.transfer;

import verydeep.data.MultiLabelImages;

/** What the examples of a training show. */
interface Truth {

  /** Whether an example shows a class. */
  MultiLabelImages.Presence of(int example, int label);

  /** That of images of one class each. */
  static Truth ofClasses(Features features) {
    return (example, label) ->
        features.label(example) == label
            ? MultiLabelImages.Presence.SHOWN
            : MultiLabelImages.Presence.ABSENT;
  }
}
