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
 * The settings of a localization network's training, in any order; {@link #run()} checks and
 * trains. The default is the best one of Table 8: one box per class, all layers fine-tuned.
 */
public final class LocalizerBuilder {

  /** The rate of appendix A. */
  private static final double RATE = 1e-3;

  /** For layers that are all drawn at random: they learn little at the rate of appendix A. */
  private static final double RATE_OF_NEW_LAYERS = 3e-3;

  /** Units of fc6 and fc7 on convolutions alone, which few images can train. */
  private static final int UNITS = 256;

  private final Start start;
  private final Split<BoxedImages> data;
  private Vgg network;
  private boolean perClass = true;
  private boolean fullyConnectedOnly;
  private TrainingScale scale;
  private BoxTarget firstBox;
  private final double rate;
  private UnaryOperator<TrainingBuilder> settings = UnaryOperator.identity();

  LocalizerBuilder(Vgg network, Start start, Split<BoxedImages> data) {
    boolean convolutions = network.convolutionsOnly();
    this.network = convolutions ? onConvolutions(network) : network.with().classifier().build();
    this.rate = convolutions ? RATE_OF_NEW_LAYERS : RATE;
    this.start = start;
    this.data = Objects.requireNonNull(data, "data");
  }

  /** Small weights, since activations of released convolutions are large. */
  private static Vgg onConvolutions(Vgg network) {
    return network
        .with()
        .classifier()
        .units(UNITS)
        .dropout(0)
        .initialization(Initialization.paper())
        .build();
  }

  private LocalizerBuilder(LocalizerBuilder other) {
    network = other.network;
    rate = other.rate;
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
   * Sets one box for any class (SCR).
   *
   * @return the changed settings
   */
  public LocalizerBuilder single() {
    return with(changed -> changed.perClass = false);
  }

  /**
   * Sets one box per class (PCR), the default.
   *
   * @return the changed settings
   */
  public LocalizerBuilder perClass() {
    return with(changed -> changed.perClass = true);
  }

  /**
   * Freezes the convolutions: fc6 and fc7 are fine-tuned, and the last layer is learned.
   *
   * @return the changed settings
   */
  public LocalizerBuilder fullyConnectedOnly() {
    return with(changed -> changed.fullyConnectedOnly = true);
  }

  /**
   * Sets the units of fc6 and fc7, for a start from convolutions alone. From a classifier with a
   * different number of units, only the convolutions are used.
   *
   * @param units 1 or more; by default as in the initial weights, or 256 on convolutions alone
   * @return the changed settings
   */
  public LocalizerBuilder units(int units) {
    return with(changed -> changed.network = network.with().units(units).build());
  }

  /**
   * Sets the side of the network's input. If it changes, fc6 is drawn at random.
   *
   * @param pixels the side; by default that of the initial weights
   * @return the changed settings
   */
  public LocalizerBuilder input(int pixels) {
    return with(changed -> changed.network = network.with().input(pixels).build());
  }

  /**
   * Sets the fraction of units that dropout sets to zero after fc6 and fc7.
   *
   * @param rate the fraction; by default that of the network, 0.5 in the paper, and 0 on
   *     convolutions alone
   * @return the changed settings
   */
  public LocalizerBuilder dropout(double rate) {
    return with(changed -> changed.network = network.with().dropout(rate).build());
  }

  /**
   * Sets how layers without initial weights are drawn: the last one, or all three when starting
   * from convolutions alone.
   *
   * @param initialization by default that of the network, and on convolutions alone, whose
   *     activations may be large, {@link Initialization#paper()}
   * @return the changed settings
   */
  public LocalizerBuilder initialization(Initialization initialization) {
    return with(changed -> changed.network = network.with().initialization(initialization).build());
  }

  /**
   * Sets the batch size, momentum, weight decay, learning rate and epochs.
   *
   * @param recipe the paper's by default, with appendix A's rate of 1e-3, or 3e-3 on convolutions
   *     alone
   * @return the changed settings
   */
  public LocalizerBuilder recipe(Recipe recipe) {
    Objects.requireNonNull(recipe, "recipe");
    return training(training -> training.recipe(recipe));
  }

  /**
   * Sets S, the length of the shorter side that images are rescaled to before cropping.
   *
   * @param scale by default fixed at 256/224 of the input; the paper's are 256 and 384
   * @return the changed settings
   */
  public LocalizerBuilder scale(TrainingScale scale) {
    return with(changed -> changed.scale = Objects.requireNonNull(scale, "scale"));
  }

  /**
   * Sets the box that the network predicts for every crop before it has learned anything: the
   * initial biases of its last layer. The paper says only that this layer is initialized randomly.
   *
   * <p>With zero biases, a ReLU network scales all four numbers equally when its activations grow.
   * The zero padding around a crop makes them grow; inside a whole image there is none, so dense
   * testing predicts boxes that are too small and too far to the upper left. Starting at the mean
   * box, only differences are learned, and dense testing is nearly as good as the crop.
   *
   * @param box by default the mean box of the training images in their center crops; {@code new
   *     BoxTarget(0, 0, 0, 0)} for biases of zero
   * @return the changed settings
   */
  public LocalizerBuilder firstBox(BoxTarget box) {
    return with(changed -> changed.firstBox = Objects.requireNonNull(box, "box"));
  }

  /**
   * Sets everything else about the training: seed, folder, augmentation, devices, progress.
   *
   * @param settings changes the training; called in {@link #run()}, after those given earlier
   * @return the changed settings
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
   * @throws verydeep.VerydeepException as in {@link TrainingBuilder#run()}, and if an image shows
   *     no object or several classes
   */
  public Training run() {
    BoxRegression regression =
        perClass ? BoxRegression.perClass(data.training().classes()) : BoxRegression.single();
    Vgg localizer = network.with().classes(regression.outputs().size()).build();
    TrainingBuilder training =
        Training.of(localizer, task(regression, localizer)).recipe(Recipe.paper().rate(rate));
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

  /** Returns the current settings. */
  @Override
  public String toString() {
    return "training of a localizer, VGG "
        + network.label()
        + ", input "
        + network.input()
        + (perClass ? ", one box per class (PCR)" : ", one box for any class (SCR)")
        + (fullyConnectedOnly ? ", fully connected layers only" : ", all layers")
        + ", %d images to train on, %d to validate with"
            .formatted(data.training().size(), data.validation().size());
  }
}
