package verydeep.data;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/** Settings of {@link Batches}, in any order; {@link #open()} checks them. */
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
   * Side of the square that the network sees, pixels; needed. The paper's is 224.
   *
   * @param side pixels
   * @return changed settings
   */
  public BatchesBuilder window(int side) {
    return with(changed -> changed.window = side);
  }

  /**
   * To what smallest side images are rescaled. Default: the window's, the smallest that fits.
   *
   * @param scale S, fixed or jittered
   * @return changed settings
   */
  public BatchesBuilder scale(TrainingScale scale) {
    return with(changed -> changed.scale = Objects.requireNonNull(scale, "scale"));
  }

  /**
   * What chance may do. Default: nothing, so that nobody tests on augmented images unawares.
   *
   * @param augmentation random crops, flips and color shifts
   * @return changed settings
   */
  public BatchesBuilder augmentation(Augmentation augmentation) {
    return with(
        changed -> changed.augmentation = Objects.requireNonNull(augmentation, "augmentation"));
  }

  /**
   * From pixels to values; needed, because a wrong one goes unnoticed and costs accuracy.
   *
   * @param preprocessing the network's
   * @return changed settings
   */
  public BatchesBuilder preprocessing(Preprocessing preprocessing) {
    return with(
        changed -> changed.preprocessing = Objects.requireNonNull(preprocessing, "preprocessing"));
  }

  /**
   * The training set's colors; needed if the augmentation shifts colors.
   *
   * @param colors their mean and axes
   * @return changed settings
   */
  public BatchesBuilder colors(ColorStatistics colors) {
    return with(changed -> changed.colors = Objects.requireNonNull(colors, "colors"));
  }

  /**
   * Examples in a batch. Default 32, which fits a laptop; the paper's is 256.
   *
   * @param size 1 or more; the last batch may be smaller
   * @return changed settings
   */
  public BatchesBuilder size(int size) {
    return with(changed -> changed.size = size);
  }

  /**
   * Shuffles for this epoch, and draws the augmentation for it. Default: in order.
   *
   * @param seed the training's seed
   * @param epoch which epoch, counted from 0
   * @return changed settings
   */
  public BatchesBuilder shuffled(long seed, int epoch) {
    return with(changed -> changed.shuffled = true).seeded(seed, epoch);
  }

  /**
   * Draws the augmentation for this epoch, but keeps the order. Default: seed 0, epoch 0.
   *
   * @param seed the training's seed
   * @param epoch which epoch, counted from 0
   * @return changed settings
   */
  public BatchesBuilder seeded(long seed, int epoch) {
    return with(
        changed -> {
          changed.seed = seed;
          changed.epoch = epoch;
        });
  }

  /**
   * Begins with this batch of the epoch, counted from 0, to go on where one stopped. Default 0.
   *
   * @param firstBatch 0 or more
   * @return changed settings
   */
  public BatchesBuilder from(int firstBatch) {
    return with(changed -> changed.firstBatch = firstBatch);
  }

  /**
   * Gives pixels as 8-bit levels too ({@link Batch#levels()}), for callers that look them up on a
   * card. Default: as preprocessed numbers alone.
   *
   * @return changed settings
   */
  public BatchesBuilder levels() {
    return with(changed -> changed.levels = true);
  }

  /**
   * Threads that decode. Default: half the processors, 1 to 4, to leave the rest to arithmetic.
   *
   * @param threads 1 or more
   * @return changed settings
   */
  public BatchesBuilder threads(int threads) {
    return with(changed -> changed.threads = threads);
  }

  /**
   * Checks the settings and starts the threads.
   *
   * @return the batches, to be closed
   * @throws VerydeepException if a setting is missing or out of range
   */
  public Batches open() {
    check(window >= 1, "window(side): a side of 1 pixel or more is needed, got " + window);
    TrainingScale sides = scale == null ? TrainingScale.fixed(window) : scale;
    check(
        sides.smallest() >= window,
        "a window of %d does not fit an image of smallest side %d (%s)"
            .formatted(window, sides.smallest(), sides));
    check(
        preprocessing != null, "preprocessing(...) is needed: paper(mean), caffe(), torchvision()");
    check(
        augmentation.colorShift() == 0 || colors != null,
        "augmentation '%s' needs colors(ColorStatistics.of(training))".formatted(augmentation));
    check(size >= 1, "size: a batch has 1 example or more, got " + size);
    long bytes = 12L * size * window * window;
    check(
        bytes <= Integer.MAX_VALUE,
        "size %d x window %d takes %,d bytes a batch, at most 2 GiB"
            .formatted(size, window, bytes));
    check(threads >= 1, "threads: 1 or more, got " + threads);
    check(images.size() > 0, "no images: " + images);
    check(
        firstBatch >= 0 && firstBatch <= batches(),
        "from: batch %d of %d".formatted(firstBatch, batches()));
    return new Batches(scale(sides));
  }

  /** Batches in the whole epoch. */
  int batches() {
    return (int) (((long) images.size() + size - 1) / size);
  }

  /** The epoch's order of the examples. */
  int[] order() {
    int[] order = IntStream.range(0, images.size()).toArray();
    if (shuffled) {
      RandomStreams.shuffle(order, RandomStreams.random(seed, epoch));
    }
    return order;
  }

  /** What was set so far. */
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
