package verydeep.localization;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import verydeep.data.BoxedImages;
import verydeep.data.Split;
import verydeep.data.TrainingScale;
import verydeep.network.Initialization;
import verydeep.network.Vgg;
import verydeep.training.Recipe;
import verydeep.training.Start;
import verydeep.training.Training;
import verydeep.training.TrainingBuilder;

/**
 * Settings of a localization network's training, in any order; {@link #run()} checks and trains.
 * Unless told otherwise it is the best one of Table 8: a box for each class, all layers fine-tuned.
 */
public final class LocalizerBuilder {

  /** Appendix A's. */
  private static final double RATE = 1e-3;

  private final Start start;
  private final Split<BoxedImages> data;
  private Vgg network;
  private boolean perClass = true;
  private boolean fullyConnectedOnly;
  private TrainingScale scale;
  private BoxTarget firstBox;
  private UnaryOperator<TrainingBuilder> settings = UnaryOperator.identity();

  LocalizerBuilder(Vgg network, Start start, Split<BoxedImages> data) {
    this.network = network.with().classifier().build();
    this.start = start;
    this.data = Objects.requireNonNull(data, "data");
  }

  private LocalizerBuilder(LocalizerBuilder other) {
    network = other.network;
    start = other.start;
    data = other.data;
    perClass = other.perClass;
    fullyConnectedOnly = other.fullyConnectedOnly;
    scale = other.scale;
    firstBox = other.firstBox;
    settings = other.settings;
  }

  private LocalizerBuilder with(Consumer<LocalizerBuilder> change) {
    LocalizerBuilder changed = new LocalizerBuilder(this);
    change.accept(changed);
    return changed;
  }

  /**
   * One box whatever the class is (SCR).
   *
   * @return changed settings
   */
  public LocalizerBuilder single() {
    return with(changed -> changed.perClass = false);
  }

  /**
   * A box for each class (PCR), the default.
   *
   * @return changed settings
   */
  public LocalizerBuilder perClass() {
    return with(changed -> changed.perClass = true);
  }

  /**
   * Leaves the convolutions as they are: fc6 and fc7 are fine-tuned, and the last layer learned.
   *
   * @return changed settings
   */
  public LocalizerBuilder fullyConnectedOnly() {
    return with(changed -> changed.fullyConnectedOnly = true);
  }

  /**
   * The units of fc6 and fc7, for a start from convolutions alone. Of a classifier with other units
   * the convolutions alone are taken.
   *
   * @param units 1 or more; those of the first weights by default, the paper's 4096 times the width
   *     for convolutions
   * @return changed settings
   */
  public LocalizerBuilder units(int units) {
    return with(changed -> changed.network = network.with().units(units).build());
  }

  /**
   * The side of the network's input. If it changes, fc6 is drawn anew.
   *
   * @param pixels that of the first weights by default
   * @return changed settings
   */
  public LocalizerBuilder input(int pixels) {
    return with(changed -> changed.network = network.with().input(pixels).build());
  }

  /**
   * The share of units that dropout sets to zero behind fc6 and fc7.
   *
   * @param rate that of the network by default, 0.5 in the paper
   * @return changed settings
   */
  public LocalizerBuilder dropout(double rate) {
    return with(changed -> changed.network = network.with().dropout(rate).build());
  }

  /**
   * How layers are drawn that are not taken over: the last one, and for convolutions alone all
   * three.
   *
   * @param initialization that of the network by default; behind D's released convolutions, whose
   *     activations are large, {@link Initialization#paper()}
   * @return changed settings
   */
  public LocalizerBuilder initialization(Initialization initialization) {
    return with(changed -> changed.network = network.with().initialization(initialization).build());
  }

  /**
   * Batch size, momentum, decay, learning rate and epochs.
   *
   * @param recipe the paper's by default, with appendix A's rate of 1e-3
   * @return changed settings
   */
  public LocalizerBuilder recipe(Recipe recipe) {
    Objects.requireNonNull(recipe, "recipe");
    return training(training -> training.recipe(recipe));
  }

  /**
   * S, the smallest side that images are rescaled to before they are cropped.
   *
   * @param scale by default fixed at 256/224 of the input; the paper's are 256 and 384
   * @return changed settings
   */
  public LocalizerBuilder scale(TrainingScale scale) {
    return with(changed -> changed.scale = Objects.requireNonNull(scale, "scale"));
  }

  /**
   * What the network says of every crop before it has learned anything: the biases that its last
   * layer begins with. The paper says only that this layer is initialized randomly.
   *
   * <p>With biases of zero a network of ReLUs multiplies all four numbers alike when its
   * activations grow. The zeros around a crop make them grow; in a whole image there are none, and
   * dense testing then says boxes that are too small and too far to the upper left. From the mean
   * box on only differences are learned, and dense testing is nearly as good as the crop's.
   *
   * @param box by default the mean box of the training images in their center crops; {@code new
   *     BoxTarget(0, 0, 0, 0)} for biases of zero
   * @return changed settings
   */
  public LocalizerBuilder firstBox(BoxTarget box) {
    return with(changed -> changed.firstBox = Objects.requireNonNull(box, "box"));
  }

  /**
   * Whatever else a training can be told: seed, folder, augmentation, devices, progress.
   *
   * @param settings changes the training; called in {@link #run()}, after those before
   * @return changed settings
   */
  public LocalizerBuilder training(UnaryOperator<TrainingBuilder> settings) {
    Objects.requireNonNull(settings, "settings");
    UnaryOperator<TrainingBuilder> before = this.settings;
    return with(changed -> changed.settings = training -> settings.apply(before.apply(training)));
  }

  /**
   * Trains.
   *
   * @return the result; {@link Localizer#of} takes its best checkpoint
   * @throws verydeep.VerydeepException as {@link TrainingBuilder#run()}, and if an image shows no
   *     object or several classes
   */
  public Training run() {
    BoxRegression regression =
        perClass ? BoxRegression.perClass(data.training().classes()) : BoxRegression.single();
    Vgg localizer = network.with().classes(regression.outputs().size()).build();
    TrainingBuilder training =
        Training.of(localizer, task(regression, localizer)).recipe(Recipe.paper().rate(RATE));
    TrainingScale sides = scale == null ? training.scale() : scale;
    BoxTarget first =
        firstBox == null ? MeanBox.of(data.training(), sides, localizer.input()) : firstBox;
    TrainingBuilder begun = training.scale(sides).startFrom(new BoxStart(start, first));
    return settings.apply(fullyConnectedOnly ? begun.freezeThrough("pool5") : begun).run();
  }

  private BoxTask task(BoxRegression regression, Vgg localizer) {
    BoxedImages objects = data.training().eachObject();
    BoxTask task = new BoxTask(regression, localizer.input(), objects, data.validation());
    task.check(localizer);
    return task;
  }

  /** What was set so far. */
  @Override
  public String toString() {
    return "training of a localizer, VGG "
        + network.label()
        + ", input "
        + network.input()
        + (perClass ? ", a box a class (PCR)" : ", one box whatever the class (SCR)")
        + (fullyConnectedOnly ? ", fully connected layers only" : ", all layers")
        + ", "
        + data;
  }
}
