package verydeep.training;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.internal.inference.ProgressLine;
import verydeep.internal.tasks.Task;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * A finished training: its epochs, and the network as it was at its best and at the end.
 *
 * <pre>{@code
 * var run = Training.of(net, Images.folder("datasets/clothing/train").split(0.8, 42))
 *     .recipe(Recipe.paper().batch(32).epochs(8))
 *     .run();
 * run.best().write("target/best.safetensors");
 * }</pre>
 */
public final class Training {

  private final Recipe recipe;
  private final List<Epoch> epochs;
  private final int bestEpoch;
  private final Checkpoint best;
  private final Checkpoint last;
  private final StopReason stopReason;
  private final double seconds;

  Training(
      Recipe recipe,
      List<Epoch> epochs,
      int bestEpoch,
      Checkpoint best,
      Checkpoint last,
      StopReason stopReason,
      double seconds) {
    this.recipe = recipe;
    this.epochs = List.copyOf(epochs);
    this.bestEpoch = bestEpoch;
    this.best = best;
    this.last = last;
    this.stopReason = stopReason;
    this.seconds = seconds;
  }

  /**
   * Starts a training from scratch; unless told otherwise by the paper's recipe (section 3.1).
   *
   * @param network the network
   * @param data images to train on and to validate with
   * @return a builder
   */
  public static TrainingBuilder of(Vgg network, Split<Images> data) {
    return of(network, data.training(), data.validation());
  }

  /**
   * Starts a training from scratch; unless told otherwise by the paper's recipe (section 3.1).
   *
   * @param network the network
   * @param training images to train on
   * @param validation images to validate with after each epoch
   * @return a builder
   */
  public static TrainingBuilder of(Vgg network, Images training, Images validation) {
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(validation, "validation");
    return of(network, new ClassTask(training, validation));
  }

  /**
   * Starts a training of any task. What a task is may change in any version: networks that predict
   * boxes are trained by {@code Localizer}.
   *
   * @param network with an output for each of the task's
   * @param task what it learns, and from which images
   * @return a builder
   */
  public static TrainingBuilder of(Vgg network, Task task) {
    return new TrainingBuilder(network, task);
  }

  /**
   * Starts a training that goes on from a network's weights, all of them or those that a change
   * such as {@link Checkpoint#withNewFc8(int)} left: fine-tuning, or the paper's next scale.
   *
   * @param checkpoint the network and its weights, and the preprocessing that they were learned
   *     with
   * @param data images to train on and to validate with
   * @return a builder
   */
  public static TrainingBuilder from(Checkpoint checkpoint, Split<Images> data) {
    return of(checkpoint.network(), data).startFrom(checkpoint);
  }

  /**
   * The network.
   *
   * @return the network
   */
  public Vgg network() {
    return last.network();
  }

  /**
   * The recipe.
   *
   * @return the recipe
   */
  public Recipe recipe() {
    return recipe;
  }

  /**
   * The epochs that were done, with their validations.
   *
   * @return first to last; none if it was interrupted in the first
   */
  public List<Epoch> epochs() {
    return epochs;
  }

  /**
   * The number of the epoch with the lowest top-1 validation error; of equal ones the first.
   *
   * @return counted from 1; 0 if none was done
   */
  public int bestEpoch() {
    return bestEpoch;
  }

  /**
   * The network after its best epoch.
   *
   * @return the checkpoint; the last one if no epoch was done
   */
  public Checkpoint best() {
    return best;
  }

  /**
   * The network at the end.
   *
   * @return the checkpoint
   */
  public Checkpoint last() {
    return last;
  }

  /**
   * Why it ended.
   *
   * @return the reason
   */
  public StopReason stopReason() {
    return stopReason;
  }

  /**
   * How long it took in all.
   *
   * @return seconds
   */
  public double seconds() {
    return seconds;
  }

  /** Network, epochs, best validation, and why it ended. */
  @Override
  public String toString() {
    String headline =
        String.format(
            Locale.ROOT,
            "VGG %s trained for %d %s in %s",
            network().label(),
            epochs.size(),
            epochs.size() == 1 ? "epoch" : "epochs",
            ProgressLine.duration(seconds));
    String result =
        epochs.isEmpty()
            ? "no epoch was finished"
            : "best epoch " + bestEpoch + ": " + epochs.get(bestEpoch - 1).validation();
    return headline + "\n" + result + "\nended because " + stopReason + "\nrecipe: " + recipe;
  }
}
