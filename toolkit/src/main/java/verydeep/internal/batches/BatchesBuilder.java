package verydeep.internal.batches;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.Augmentation;
import verydeep.data.ColorStatistics;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;
import verydeep.internal.images.RandomStreams;

/** A builder of {@link Batches}. Settings may come in any order; {@link #open()} checks them. */
public final class BatchesBuilder {
  final Images images;
  int window;
  TrainingScale scale;
  Augmentation augmentation = Augmentation.none();
  Preprocessing preprocessing;
  ColorStatistics colors;
  int size = 32;
  boolean levels;
  boolean shuffled;
  long seed;
  int epoch;
  int firstBatch;
  int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));

  BatchesBuilder(Images images) {
    this.images = Objects.requireNonNull(images, "images");
  }

  private BatchesBuilder(BatchesBuilder other) {
    images = other.images;
    window = other.window;
    scale = other.scale;
    augmentation = other.augmentation;
    preprocessing = other.preprocessing;
    colors = other.colors;
    size = other.size;
    levels = other.levels;
    shuffled = other.shuffled;
    seed = other.seed;
    epoch = other.epoch;
    firstBatch = other.firstBatch;
    threads = other.threads;
  }

  private BatchesBuilder with(Consumer<BatchesBuilder> change) {
    BatchesBuilder changed = new BatchesBuilder(this);
    change.accept(changed);
    return changed;
  }

  /**
   * Sets the side of the square the network sees, in pixels; required. The paper uses 224.
   *
   * @param side pixels
   * @return a copy of this builder with the setting changed
   */
  public BatchesBuilder window(int side) {
    return with(changed -> changed.window = side);
  }

  /**
   * Sets the smallest side to which images are rescaled. Default: the window's side, the smallest
   * that fits.
   *
   * @param scale S, fixed or jittered
   * @return a copy of this builder with the setting changed
   */
  public BatchesBuilder scale(TrainingScale scale) {
    return with(changed -> changed.scale = Objects.requireNonNull(scale, "scale"));
  }

  /**
   * Sets the random augmentation. Default: none, so that nobody tests on augmented images by
   * accident.
   *
   * @param augmentation random crops, flips and color shifts
   * @return a copy of this builder with the setting changed
   */
  public BatchesBuilder augmentation(Augmentation augmentation) {
    return with(
        changed -> changed.augmentation = Objects.requireNonNull(augmentation, "augmentation"));
  }

  /**
   * Sets how pixels become input values. Required, because the wrong choice goes unnoticed and
   * costs accuracy.
   *
   * @param preprocessing the network's preprocessing
   * @return a copy of this builder with the setting changed
   */
  public BatchesBuilder preprocessing(Preprocessing preprocessing) {
    return with(
        changed -> changed.preprocessing = Objects.requireNonNull(preprocessing, "preprocessing"));
  }

  /**
   * Sets the training set's color statistics; required if the augmentation shifts colors.
   *
   * @param colors their mean and axes
   * @return a copy of this builder with the setting changed
   */
  public BatchesBuilder colors(ColorStatistics colors) {
    return with(changed -> changed.colors = Objects.requireNonNull(colors, "colors"));
  }

  /**
   * Sets the number of examples per batch. Default: 32, which suits a laptop; the paper uses 256.
   *
   * @param size 1 or more; the last batch may be smaller
   * @return a copy of this builder with the setting changed
   */
  public BatchesBuilder size(int size) {
    return with(changed -> changed.size = size);
  }

  /**
   * Shuffles the images for this epoch and draws its augmentation. Default: not shuffled.
   *
   * @param seed the training's seed
   * @param epoch the epoch, counted from 0
   * @return a copy of this builder with the setting changed
   */
  public BatchesBuilder shuffled(long seed, int epoch) {
    return with(changed -> changed.shuffled = true).seeded(seed, epoch);
  }

  /**
   * Draws the augmentation for this epoch, but keeps the images in order. Default: seed 0, epoch 0.
   *
   * @param seed the training's seed
   * @param epoch the epoch, counted from 0
   * @return a copy of this builder with the setting changed
   */
  public BatchesBuilder seeded(long seed, int epoch) {
    return with(
        changed -> {
          changed.seed = seed;
          changed.epoch = epoch;
        });
  }

  /**
   * Begins with this batch of the epoch, counted from 0, to resume an interrupted epoch. Default:
   * 0.
   *
   * @param firstBatch 0 or more
   * @return a copy of this builder with the setting changed
   */
  public BatchesBuilder from(int firstBatch) {
    return with(changed -> changed.firstBatch = firstBatch);
  }

  /**
   * Also provides pixels as 8-bit levels ({@link Batch#levels()}), for callers that look them up on
   * a GPU. Default: preprocessed values only.
   *
   * @return a copy of this builder with the setting changed
   */
  public BatchesBuilder levels() {
    return with(changed -> changed.levels = true);
  }

  /**
   * Sets the number of decoding threads. Default: half the processors, from 1 to 4, which leaves
   * the rest to arithmetic.
   *
   * @param threads 1 or more
   * @return a copy of this builder with the setting changed
   */
  public BatchesBuilder threads(int threads) {
    return with(changed -> changed.threads = threads);
  }

  /**
   * Checks the settings and starts the threads.
   *
   * @return the batches, which the caller must close
   * @throws VerydeepException if a setting is missing or out of range
   */
  public Batches open() {
    check(window >= 1, "The window is " + window + " pixels; it must be at least 1.");
    TrainingScale sides = scale == null ? TrainingScale.fixed(window) : scale;
    check(
        sides.smallest() >= window,
        "A window of %d pixels does not fit into an image whose smallest side is %d (%s)."
            .formatted(window, sides.smallest(), sides));
    check(
        preprocessing != null,
        "The preprocessing is missing. Set preprocessing(...) to paper(mean), caffe() or"
            + " torchvision().");
    check(
        augmentation.colorShift() == 0 || colors != null,
        "The augmentation '%s' needs color statistics. Set colors(ColorStatistics.of(training))."
            .formatted(augmentation));
    check(size >= 1, "The batch size is " + size + "; it must be at least 1.");
    long bytes = 12L * size * window * window;
    check(
        bytes <= Integer.MAX_VALUE,
        "Batches of %d images with a window of %d pixels take %,d bytes each; at most 2 GiB are allowed."
            .formatted(size, window, bytes));
    check(threads >= 1, "The number of threads is " + threads + "; it must be at least 1.");
    check(images.size() > 0, "There are no images to batch: " + images + ".");
    check(
        firstBatch >= 0 && firstBatch <= batches(),
        "The first batch is %d; it must be from 0 to %d, the number of batches in the epoch."
            .formatted(firstBatch, batches()));
    return new Batches(scale(sides));
  }

  /** Returns the number of batches in the whole epoch. */
  int batches() {
    return (int) (((long) images.size() + size - 1) / size);
  }

  /** Returns the order of the examples in this epoch. */
  int[] order() {
    int[] order = IntStream.range(0, images.size()).toArray();
    if (shuffled) {
      RandomStreams.shuffle(order, RandomStreams.random(seed, epoch));
    }
    return order;
  }

  /** Returns the settings so far. */
  @Override
  public String toString() {
    return "batches of "
        + size
        + " of "
        + images
        + ", window "
        + window
        + (scale == null ? "" : ", " + scale)
        + (shuffled ? ", shuffled by seed " + seed + " for epoch " + epoch : "");
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new VerydeepException(message);
    }
  }
}
