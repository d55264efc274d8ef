package verydeep.training;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.internal.inference.ProgressLine;
import verydeep.internal.tasks.Task;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * A finished training: its epochs, and the network after its best epoch and at the end.
 *
 * <pre>{@code
 * var run = Training.of(net, Images.folder("datasets/clothing/train").split(0.8, 42))
 *     .recipe(Recipe.paper().batch(32).epochs(8))
 *     .run();
 * run.best().write("target/best.safetensors");
 * }</pre>
 */
public final class Training {

  /** An error on fewer images has a standard error of 7 points. */
  private static final int FEW = 50;

  private final Recipe recipe;
  private final Arithmetic arithmetic;
  private final List<Epoch> epochs;
  private final int bestEpoch;
  private final Checkpoint best;
  private final Checkpoint last;
  private final StopReason stopReason;
  private final double seconds;

  Training(
      Recipe recipe,
      Arithmetic arithmetic,
      List<Epoch> epochs,
      int bestEpoch,
      Checkpoint best,
      Checkpoint last,
      StopReason stopReason,
      double seconds) {
    this.recipe = recipe;
    this.arithmetic = arithmetic;
    this.epochs = List.copyOf(epochs);
    this.bestEpoch = bestEpoch;
    this.best = best;
    this.last = last;
    this.stopReason = stopReason;
    this.seconds = seconds;
  }

  /**
   * Configures a training from scratch, by default with the paper's recipe (section 3.1).
   *
   * @param network the network
   * @param data the training and validation images
   * @return a builder
   */
  public static TrainingBuilder of(Vgg network, Split<Images> data) {
    return of(network, data.training(), data.validation());
  }

  /**
   * Configures a training from scratch, by default with the paper's recipe (section 3.1).
   *
   * @param network the network
   * @param training the training images
   * @param validation the images for validation after each epoch
   * @return a builder
   */
  public static TrainingBuilder of(Vgg network, Images training, Images validation) {
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(validation, "validation");
    return of(network, new ClassTask(training, validation));
  }

  /**
   * Configures a training for any task. {@code Task} is internal and may change in any version; to
   * train networks that predict boxes, use {@code Localizer}.
   *
   * @param network a network with one output for each of the task's
   * @param task what to learn, and from which images
   * @return a builder
   */
  public static TrainingBuilder of(Vgg network, Task task) {
    return new TrainingBuilder(network, task);
  }

  /**
   * Configures a training that continues from a network's weights, or from those that remain after
   * a change such as {@link Checkpoint#withNewFc8(int)}: fine-tuning, or the paper's next scale.
   *
   * @param checkpoint the network, its weights and the preprocessing they were trained with
   * @param data the training and validation images
   * @return a builder
   */
  public static TrainingBuilder from(Checkpoint checkpoint, Split<Images> data) {
    return of(checkpoint.network(), data).startFrom(checkpoint);
  }

  /** {@return the network} */
  public Vgg network() {
    return last.network();
  }

  /** {@return the recipe} */
  public Recipe recipe() {
    return recipe;
  }

  /** {@return what computed the steps} */
  public Arithmetic arithmetic() {
    return arithmetic;
  }

  /**
   * Returns the completed epochs with their validations.
   *
   * @return the epochs in order; empty if the training was interrupted in the first
   */
  public List<Epoch> epochs() {
    return epochs;
  }

  /**
   * Returns the number of the epoch with the lowest top-1 validation error, the first one if
   * several are equal.
   *
   * @return the number, counted from 1; 0 if no epoch was completed
   */
  public int bestEpoch() {
    return bestEpoch;
  }

  /**
   * Returns the network after its best epoch.
   *
   * @return the checkpoint; the last one if no epoch was completed
   */
  public Checkpoint best() {
    return best;
  }

  /** {@return the network at the end} */
  public Checkpoint last() {
    return last;
  }

  /** {@return why the training stopped} */
  public StopReason stopReason() {
    return stopReason;
  }

  /** {@return the total time in seconds} */
  public double seconds() {
    return seconds;
  }

  /** Says so where the best epoch is best by chance as much as by merit. */
  private String byFew() {
    int images = epochs.get(bestEpoch - 1).validation().top1().images();
    return images < FEW && epochs.size() > 1
        ? ", chosen by only %d images: more by chance than by merit; last() is as good a guess"
            .formatted(images)
        : "";
  }

  /**
   * Returns the network, the epochs, the best validation, why the training stopped, and what
   * computed it.
   */
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
            ? "no epoch was completed"
            : "best epoch " + bestEpoch + ": " + epochs.get(bestEpoch - 1).validation() + byFew();
    return headline
        + "\n"
        + result
        + "\nstopped "
        + stopReason
        + "\nrecipe: "
        + recipe
        + "\narithmetic: "
        + arithmetic;
  }

  /** The reason why a training stopped. */
  public enum StopReason {
    /** The recipe's last epoch was completed. */
    LAST_EPOCH("after its last epoch"),
    /** The validation accuracy stopped improving after the last drop of the learning rate too. */
    PLATEAU(
        "because validation accuracy stopped improving after the last drop of the learning rate"),
    /** The thread was interrupted; the result holds everything trained so far. */
    INTERRUPTED("because it was interrupted");

    private final String words;

    StopReason(String words) {
      this.words = words;
    }

    /** Returns the reason in words. */
    @Override
    public String toString() {
      return words;
    }
  }
}
