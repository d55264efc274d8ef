package verydeep.training;

import java.nio.file.Path;
import java.util.Objects;
import verydeep.data.Augmentation;
import verydeep.data.Images;
import verydeep.data.TrainingScale;
import verydeep.network.Vgg;

/** Settings of a training, in any order; {@link #run()} checks them all and trains. */
public final class TrainingBuilder {

  final Vgg network;
  final Images training;
  final Images validation;
  Recipe recipe = Recipe.paper();
  TrainingScale scale;
  Augmentation augmentation = Augmentation.paper();
  long seed;
  Path bestFile;
  Progress progress;

  TrainingBuilder(Vgg network, Images training, Images validation) {
    this.network = Objects.requireNonNull(network, "network");
    this.training = Objects.requireNonNull(training, "training");
    this.validation = Objects.requireNonNull(validation, "validation");
    this.scale = TrainingScale.fixed((int) Math.round(network.input() * 256 / 224.0));
  }

  /**
   * Batch size, momentum, decay, learning rate and epochs.
   *
   * @param recipe the paper's by default
   * @return this
   */
  public TrainingBuilder recipe(Recipe recipe) {
    this.recipe = Objects.requireNonNull(recipe, "recipe");
    return this;
  }

  /**
   * S, the smallest side that pictures are rescaled to before they are cropped.
   *
   * @param scale by default fixed at 256/224 of the network's input, which is the paper's first
   *     scale
   * @return this
   */
  public TrainingBuilder scale(TrainingScale scale) {
    this.scale = Objects.requireNonNull(scale, "scale");
    return this;
  }

  /**
   * What chance may do to a picture.
   *
   * @param augmentation the paper's by default: random crop, flip, and shift of colours
   * @return this
   */
  public TrainingBuilder augmentation(Augmentation augmentation) {
    this.augmentation = Objects.requireNonNull(augmentation, "augmentation");
    return this;
  }

  /**
   * What first weights, order, augmentation and dropout are drawn from. The same seed gives the
   * same bits on the same machine with the same number of threads.
   *
   * @param seed any number; 0 by default
   * @return this
   */
  public TrainingBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Writes the best network so far to a file, after each epoch that is better, whole or not at all.
   *
   * @param file a path; without it the best network is kept in memory only
   * @return this
   */
  public TrainingBuilder saveBest(Path file) {
    this.bestFile = Objects.requireNonNull(file, "file");
    return this;
  }

  /**
   * Writes the best network so far to a file.
   *
   * @param file a path
   * @return this
   */
  public TrainingBuilder saveBest(String file) {
    return saveBest(Path.of(file));
  }

  /**
   * Who is told how it goes.
   *
   * @param progress on the terminal by default
   * @return this
   */
  public TrainingBuilder progress(Progress progress) {
    this.progress = Objects.requireNonNull(progress, "progress");
    return this;
  }

  /**
   * Shows no progress.
   *
   * @return this
   */
  public TrainingBuilder quiet() {
    return progress(Progress.silent());
  }

  /**
   * Trains.
   *
   * <p>An interrupt of the thread ends the training within one batch: what was trained until then
   * is returned, with {@link Ending#INTERRUPTED}. The interrupt is then answered, and the thread's
   * flag cleared.
   *
   * @return the result
   * @throws TrainingException if network and pictures do not fit together
   * @throws verydeep.data.DataException if a picture cannot be read, or the scale is below the
   *     network's input
   * @throws DivergedException if the loss becomes infinite or not a number
   * @throws verydeep.weights.CheckpointException if the best network cannot be written
   */
  public Training run() {
    if (network.convolutionsOnly()) {
      throw new TrainingException(
          "Network " + network.label() + " has no classifier to train; build it with one.");
    }
    int classes = training.classes().size();
    if (network.classes() != classes) {
      throw new TrainingException(
          "Network "
              + network.label()
              + " has "
              + network.classes()
              + " classes, the pictures have "
              + classes
              + "; build the network with classes("
              + classes
              + ").");
    }
    if (!training.classes().equals(validation.classes())) {
      throw new TrainingException(
          "The pictures to train on have the classes "
              + training.classes()
              + ", those to validate with "
              + validation.classes()
              + "; they must be the same.");
    }
    return new TrainingRun(this).run();
  }
}
