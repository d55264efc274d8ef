package verydeep.data;

import java.util.Objects;
import java.util.stream.IntStream;

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

  /** Side of the square that the network sees, pixels; needed. The paper's is 224. */
  public BatchesBuilder window(int side) {
    this.window = side;
    return this;
  }

  /** To what smallest side pictures are rescaled. Default: the window's, the smallest that fits. */
  public BatchesBuilder scale(TrainingScale scale) {
    this.scale = Objects.requireNonNull(scale, "scale");
    return this;
  }

  /** What chance may do. Default: nothing, so that nobody tests on augmented pictures unawares. */
  public BatchesBuilder augmentation(Augmentation augmentation) {
    this.augmentation = Objects.requireNonNull(augmentation, "augmentation");
    return this;
  }

  /** From pixels to values; needed, because a wrong one goes unnoticed and costs accuracy. */
  public BatchesBuilder preprocessing(Preprocessing preprocessing) {
    this.preprocessing = Objects.requireNonNull(preprocessing, "preprocessing");
    return this;
  }

  /** The training set's colours; needed if the augmentation shifts colours. */
  public BatchesBuilder colors(ColorStatistics colors) {
    this.colors = Objects.requireNonNull(colors, "colors");
    return this;
  }

  /** Examples in a batch. Default 32, which fits a laptop; the paper's is 256. */
  public BatchesBuilder size(int size) {
    this.size = size;
    return this;
  }

  /** Shuffles for this epoch, and draws the augmentation for it. Default: in order. */
  public BatchesBuilder shuffled(long seed, int epoch) {
    this.shuffled = true;
    return seeded(seed, epoch);
  }

  /** Draws the augmentation for this epoch, but keeps the order. Default: seed 0, epoch 0. */
  public BatchesBuilder seeded(long seed, int epoch) {
    this.seed = seed;
    this.epoch = epoch;
    return this;
  }

  /** Begins with this batch of the epoch, counted from 0, to go on where one stopped. Default 0. */
  public BatchesBuilder from(int firstBatch) {
    this.firstBatch = firstBatch;
    return this;
  }

  /**
   * Gives pixels as 8-bit levels too ({@link Batch#levels()}), for callers that look them up on a
   * card. Default: as preprocessed numbers alone.
   */
  public BatchesBuilder levels() {
    this.levels = true;
    return this;
  }

  /** Threads that decode. Default: half the processors, 1 to 4, to leave the rest to arithmetic. */
  public BatchesBuilder threads(int threads) {
    this.threads = threads;
    return this;
  }

  /**
   * Checks the settings and starts the threads.
   *
   * @throws DataException if a setting is missing or out of range
   */
  public Batches open() {
    check(window >= 1, "window(side): a side of 1 pixel or more is needed, got " + window);
    scale = scale == null ? TrainingScale.fixed(window) : scale;
    check(
        scale.smallest() >= window,
        "a window of %d does not fit a picture of smallest side %d (%s)"
            .formatted(window, scale.smallest(), scale));
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
    check(images.size() > 0, "no pictures: " + images);
    check(
        firstBatch >= 0 && firstBatch <= batches(),
        "from: batch %d of %d".formatted(firstBatch, batches()));
    return new Batches(this);
  }

  /** Batches in the whole epoch. */
  int batches() {
    return (int) (((long) images.size() + size - 1) / size);
  }

  /** The epoch's order of the examples. */
  int[] order() {
    int[] order = IntStream.range(0, images.size()).toArray();
    if (shuffled) {
      Keys.shuffle(order, Keys.random(seed, epoch));
    }
    return order;
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new DataException(message);
    }
  }
}
