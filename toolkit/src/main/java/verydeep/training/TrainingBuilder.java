package verydeep.training;

import ai.djl.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import verydeep.VerydeepException;
import verydeep.data.Augmentation;
import verydeep.data.TrainingScale;
import verydeep.internal.tasks.Task;
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/** Settings of a training, in any order; {@link #run()} checks them all and trains. */
public final class TrainingBuilder {

  private final Vgg network;
  private final Task task;
  private Recipe recipe = Recipe.paper();
  private TrainingScale scale;
  private Augmentation augmentation = Augmentation.paper();
  private Start start = Start.random();
  private LayerRates rates = LayerRates.EVEN;
  private Precision precision = Precision.FLOAT32;
  private List<Device> devices = List.of();
  private int microBatch = MicroBatch.DEFAULT;
  private long seed;
  private Path bestFile;
  private Path folder;
  private Duration writeEvery = Duration.ofSeconds(30);
  int saveShare = SavePace.TIMES;
  private Progress progress;

  TrainingBuilder(Vgg network, Task task) {
    this.network = Objects.requireNonNull(network, "network");
    this.task = Objects.requireNonNull(task, "task");
    this.scale = TrainingScale.fixed((int) Math.round(network.input() * 256 / 224.0));
  }

  private TrainingBuilder(TrainingBuilder other) {
    network = other.network;
    task = other.task;
    recipe = other.recipe;
    scale = other.scale;
    augmentation = other.augmentation;
    start = other.start;
    rates = other.rates;
    precision = other.precision;
    devices = other.devices;
    microBatch = other.microBatch;
    seed = other.seed;
    bestFile = other.bestFile;
    folder = other.folder;
    writeEvery = other.writeEvery;
    saveShare = other.saveShare;
    progress = other.progress;
  }

  private TrainingBuilder with(Consumer<TrainingBuilder> change) {
    TrainingBuilder changed = new TrainingBuilder(this);
    change.accept(changed);
    return changed;
  }

  /**
   * Batch size, momentum, decay, learning rate and epochs.
   *
   * @param recipe the paper's by default
   * @return changed settings
   */
  public TrainingBuilder recipe(Recipe recipe) {
    return with(changed -> changed.recipe = Objects.requireNonNull(recipe, "recipe"));
  }

  /**
   * S, the smallest side that images are rescaled to before they are cropped.
   *
   * @param scale by default fixed at 256/224 of the network's input, which is the paper's first
   *     scale
   * @return changed settings
   */
  public TrainingBuilder scale(TrainingScale scale) {
    return with(changed -> changed.scale = Objects.requireNonNull(scale, "scale"));
  }

  /** {@return S as it stands} */
  public TrainingScale scale() {
    return scale;
  }

  /**
   * What chance may do to an image.
   *
   * @param augmentation the paper's by default: random crop, flip, and shift of colors
   * @return changed settings
   */
  public TrainingBuilder augmentation(Augmentation augmentation) {
    return with(
        changed -> changed.augmentation = Objects.requireNonNull(augmentation, "augmentation"));
  }

  /**
   * Where the first weights come from.
   *
   * @param start all drawn at random by default; {@link ShallowStart} for deep nets
   * @return changed settings
   */
  public TrainingBuilder startFrom(Start start) {
    return with(changed -> changed.start = Objects.requireNonNull(start, "start"));
  }

  /**
   * Takes each layer that has the same name and shapes in another network from there.
   *
   * @param checkpoint another network's weights, such as the same one at another scale
   * @return changed settings
   */
  public TrainingBuilder startFrom(Checkpoint checkpoint) {
    return startFrom(Start.layersOf(checkpoint));
  }

  /**
   * Leaves layers as they are: no step changes them, and no backward pass goes through them.
   *
   * @param layer the last layer that stays, such as {@code conv4_3} or {@code pool5}; all before it
   *     stay too
   * @return changed settings
   */
  public TrainingBuilder freezeThrough(String layer) {
    return with(
        changed -> changed.rates = rates.freezeThrough(Objects.requireNonNull(layer, "layer")));
  }

  /**
   * Lets a layer learn faster or slower than the others.
   *
   * @param layer its name, such as {@code fc8}
   * @param multiplier of the learning rate for its weights and biases; 1 by default, 0 to leave it
   *     as it is
   * @return changed settings
   */
  public TrainingBuilder rateMultiplier(String layer, double multiplier) {
    return with(
        changed -> changed.rates = rates.rate(Objects.requireNonNull(layer, "layer"), multiplier));
  }

  /**
   * Changes a layer's weight decay.
   *
   * @param layer its name, such as {@code fc6}
   * @param multiplier of the recipe's decay for its weights; 1 by default. Biases never decay
   * @return changed settings
   */
  public TrainingBuilder decayMultiplier(String layer, double multiplier) {
    return with(
        changed -> changed.rates = rates.decay(Objects.requireNonNull(layer, "layer"), multiplier));
  }

  /**
   * Where it computes: each device gets its share of every batch, and all take the same step
   * (section 3.3). The step is that of the whole batch, so that the number of devices changes last
   * digits alone; only batch normalization, which is not the paper's, takes its statistics share by
   * share.
   *
   * @param devices all GPUs by default if CUDA is there, else the CPU; {@code Device.cpu()} may be
   *     named more than once, which tests use
   * @return changed settings
   */
  public TrainingBuilder devices(Device... devices) {
    return with(changed -> changed.devices = List.of(devices));
  }

  /**
   * How many images a device has in memory together. The gradient of a larger batch is the sum over
   * its pieces, the same as that of the whole batch but for last digits (and for batch
   * normalization, which takes its statistics piece by piece).
   *
   * @param images by default as many as fit into 4 GiB, by a rule of thumb that depends on the
   *     network alone: 12 bytes for each number that a convolution puts out; on cards {@link
   *     #fittingMicroBatch}, unless the network has batch normalization
   * @return changed settings
   */
  public TrainingBuilder microBatch(int images) {
    Checks.that(images >= 1, "number of images at once", images, "1 or more");
    return with(changed -> changed.microBatch = images);
  }

  /**
   * Lets the toolkit find how many images a device has in memory together: as many as fit into the
   * memory that is free when the training begins, a power of two; if they do not fit after all,
   * half of them, and so on.
   *
   * @return changed settings
   */
  public TrainingBuilder fittingMicroBatch() {
    return with(changed -> changed.microBatch = MicroBatch.FITTING);
  }

  /**
   * In which numbers it computes.
   *
   * @param precision 32 bits by default, as the paper
   * @return changed settings
   */
  public TrainingBuilder precision(Precision precision) {
    return with(changed -> changed.precision = Objects.requireNonNull(precision, "precision"));
  }

  /**
   * Where the training keeps itself while it runs, so that nothing is lost: its last two states
   * between steps, the best network so far, and {@code epochs.csv} with a line an epoch. If the
   * folder holds a state of the same training, that is gone on with, and ends in the same bits as
   * one that was never stopped (on the same machine with the same number of threads, devices and
   * images at once, on a CPU: a card may sum in another order each time); if that was finished, its
   * result is given at once. The recipe's epochs may have become more.
   *
   * <p>States are written every 30 seconds, or more seldom if that would take over 5% of the time,
   * and when the training ends, is interrupted, or gets a signal to end (SIGTERM, SIGINT).
   *
   * @param folder made if it is not there; without one nothing is kept but what {@link #writeBest}
   *     says
   * @return changed settings
   */
  public TrainingBuilder folder(Path folder) {
    return with(changed -> changed.folder = Objects.requireNonNull(folder, "folder"));
  }

  /**
   * Where the training keeps itself while it runs.
   *
   * @param folder as {@link #folder(Path)}
   * @return changed settings
   */
  public TrainingBuilder folder(String folder) {
    return folder(Path.of(folder));
  }

  /**
   * How long a training goes at least before it keeps its state again.
   *
   * @param time 30 seconds by default; the longest stretch of work that a power failure can cost,
   *     unless writing takes over 5% of it
   * @return changed settings
   */
  public TrainingBuilder writeEvery(Duration time) {
    return with(changed -> changed.writeEvery = Objects.requireNonNull(time, "time"));
  }

  /**
   * What first weights, order, augmentation and dropout are drawn from. The same seed gives the
   * same bits on the same machine with the same number of threads, on a CPU; on a card the last
   * digits may differ.
   *
   * @param seed any number; 0 by default
   * @return changed settings
   */
  public TrainingBuilder seed(long seed) {
    return with(changed -> changed.seed = seed);
  }

  /**
   * Writes the best network so far to a file, after each epoch that is better, whole or not at all.
   *
   * @param file a path; without it the best network is kept in memory only
   * @return changed settings
   */
  public TrainingBuilder writeBest(Path file) {
    return with(changed -> changed.bestFile = Objects.requireNonNull(file, "file"));
  }

  /**
   * Writes the best network so far to a file.
   *
   * @param file a path
   * @return changed settings
   */
  public TrainingBuilder writeBest(String file) {
    return writeBest(Path.of(file));
  }

  /**
   * Who is told how it goes.
   *
   * @param progress on the terminal by default
   * @return changed settings
   */
  public TrainingBuilder progress(Progress progress) {
    return with(changed -> changed.progress = Objects.requireNonNull(progress, "progress"));
  }

  /**
   * Shows no progress.
   *
   * @return changed settings
   */
  public TrainingBuilder quiet() {
    return progress(Progress.silent());
  }

  /**
   * Trains.
   *
   * <p>An interrupt of the thread ends the training within one batch: what was trained until then
   * is returned, with {@link StopReason#INTERRUPTED}. The interrupt is then answered, and the
   * thread's flag cleared. With a {@link #folder} the same call then goes on where it stopped.
   *
   * <p>A signal to end the process is answered within one batch too: the state is kept, and the
   * process ends.
   *
   * @return the result
   * @throws VerydeepException if network and images or first weights do not fit together, or the
   *     folder cannot be used or holds another training
   * @throws verydeep.network.UnknownLayerException if a layer is named that the network lacks
   * @throws verydeep.VerydeepException if an image cannot be read, or the scale is below the
   *     network's input
   * @throws DivergedException if the loss becomes infinite or not a number
   * @throws verydeep.FileException if the best network cannot be written
   */
  public Training run() {
    if (network.convolutionsOnly()) {
      throw new VerydeepException(
          "Network " + network.label() + " has no classifier to train; build it with one.");
    }
    task.check(network);
    boolean normalizes = network.batchNorm() || network.configuration() == Configuration.A_LRN;
    if (precision == Precision.MIXED && normalizes) {
      throw new VerydeepException(
          "Mixed precision is not available for networks with normalization, whose sums overflow 16"
              + " bits, such as "
              + network.label()
              + "; use float32.");
    }
    rates.check(network);
    return new TrainingRun(settings(), progress == null ? Progress.terminal() : progress).run();
  }

  private TrainingSettings settings() {
    return new TrainingSettings(
        network,
        task,
        recipe,
        scale,
        augmentation,
        start,
        rates,
        precision,
        devices,
        microBatch,
        seed,
        bestFile,
        folder,
        writeEvery,
        saveShare);
  }

  /** What was set so far. */
  @Override
  public String toString() {
    return "training of VGG "
        + network.label()
        + " on "
        + task.training().size()
        + " images, "
        + scale
        + ", seed "
        + seed
        + (precision == Precision.FLOAT32 ? "" : ", " + precision)
        + (folder == null ? "" : ", in " + folder)
        + "\n"
        + recipe;
  }
}
