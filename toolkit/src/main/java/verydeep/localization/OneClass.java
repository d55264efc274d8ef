package verydeep.localization;

import java.util.List;
import verydeep.VerydeepException;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** What stands for a classifier where there is one class. */
final class OneClass {

  /** Of Table 1's channels; whatever it computes, the softmax of one output is 1. */
  private static final double NARROWEST = 1.0 / 64;

  private OneClass() {}

  static Checkpoint classifier(Localizer localizer) {
    List<String> classes = localizer.regression().classes();
    if (!localizer.regression().perClass() || classes.size() != 1) {
      throw new VerydeepException(
          "Without a classifier a localizer needs boxes of one class; this one has %s. Give a classifier too."
              .formatted(
                  localizer.regression().perClass() ? "those of " + classes : "one for any class"));
    }
    Checkpoint boxes = localizer.checkpoint();
    Vgg network =
        Vgg.of(Configuration.A).width(NARROWEST).classes(1).input(boxes.network().input()).build();
    return Checkpoint.of(
        Parameters.initial(network, 0), classes, boxes.preprocessing(), Provenance.unknown());
  }
}
