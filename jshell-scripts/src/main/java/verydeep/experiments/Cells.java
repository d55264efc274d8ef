package verydeep.experiments;

import verydeep.data.BoxedImages;
import verydeep.data.ObjectWindows;
import verydeep.data.Split;
import verydeep.data.TrainingScale;
import verydeep.localization.Localizer;
import verydeep.localization.LocalizerBuilder;
import verydeep.network.Initialization;
import verydeep.network.Vgg;
import verydeep.notebook.Show;
import verydeep.training.Training;
import verydeep.training.TrainingBuilder;
import verydeep.weights.Checkpoint;

/**
 * Localization of blood cells: images of 128 pixels with one cell each, and networks that start
 * from another network's convolutions, have an input of 96 pixels and three new layers of 256
 * units. The localizer has no dropout, since it trains for few epochs.
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
   * @param most the most cells of a kind
   * @param folder the folder in which to create one named after the set
   */
  public static BoxedImages of(String set, int most, String folder) {
    return ObjectWindows.of(BoxedImages.voc("datasets/bccd", set))
        .most(most)
        .seed(1)
        .sizes(1.3, 3)
        .side(SIDE)
        .run(folder + "/" + set);
  }

  /** Configures a training of boxes. */
  public static LocalizerBuilder localizer(Checkpoint start, Split<BoxedImages> cells) {
    return Localizer.from(start, cells)
        .units(UNITS)
        .input(INPUT)
        .dropout(0)
        .initialization(Initialization.paper())
        .scale(TrainingScale.fixed(SIDE));
  }

  /**
   * Trains boxes, or reads them if the folder has the finished training; in a notebook the curves
   * grow as it goes.
   */
  public static Localizer trained(LocalizerBuilder boxes, String folder) {
    return Localizer.of(
        boxes.training(t -> t.seed(1).folder(folder).progress(Show.learningCurves())).run().best());
  }

  /** Configures a training of the classes in which only the new layers learn. */
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
