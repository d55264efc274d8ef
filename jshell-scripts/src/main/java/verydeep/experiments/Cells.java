package verydeep.experiments;

import verydeep.data.BoxedImages;
import verydeep.data.ObjectWindows;
import verydeep.data.Split;
import verydeep.data.TrainingScale;
import verydeep.localization.Localizer;
import verydeep.localization.LocalizerBuilder;
import verydeep.network.Initialization;
import verydeep.network.Vgg;
import verydeep.training.Training;
import verydeep.training.TrainingBuilder;
import verydeep.weights.Checkpoint;

/**
 * Localization of blood cells: images of 128 pixels with one cell each, and networks that begin
 * with another's convolutions, see 96 pixels, and have three new layers of 256 units without
 * dropout in the localizer, since it has few epochs.
 */
public final class Cells {

  private static final int SIDE = 128;
  private static final int INPUT = 96;
  private static final int UNITS = 256;

  private Cells() {}

  /**
   * Cuts images out of the photos of a set.
   *
   * @param set {@code trainval} or {@code test}
   * @param most how many cells of a kind at most
   * @param folder in which a folder of the set's name is made
   */
  public static BoxedImages of(String set, int most, String folder) {
    return ObjectWindows.of(BoxedImages.voc("datasets/bccd", set))
        .most(most)
        .seed(1)
        .sizes(1.3, 3)
        .side(SIDE)
        .run(folder + "/" + set);
  }

  /** A training of boxes. */
  public static LocalizerBuilder localizer(Checkpoint start, Split<BoxedImages> cells) {
    return Localizer.from(start, cells)
        .units(UNITS)
        .input(INPUT)
        .dropout(0)
        .initialization(Initialization.paper())
        .scale(TrainingScale.fixed(SIDE));
  }

  /** A training of the classes, in which the new layers alone learn. */
  public static TrainingBuilder classifier(Checkpoint start, Split<BoxedImages> cells) {
    Vgg network =
        start
            .network()
            .with()
            .classifier()
            .units(UNITS)
            .classes(cells.training().classes().size())
            .input(INPUT)
            .initialization(Initialization.paper())
            .build();
    return Training.of(network, new Split<>(cells.training().images(), cells.validation().images()))
        .scale(TrainingScale.fixed(SIDE))
        .startFrom(start)
        .freezeThrough("pool5");
  }
}
