package verydeep.training;

import ai.djl.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Augmentation;
import verydeep.data.TrainingScale;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.tasks.Task;
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/** The settings of a training, in any order; {@link #run()} checks them all and trains. */
public final class TrainingBuilder {

  private final Vgg network;
  private final Task task;
  private Recipe recipe = Recipe.paper();
  private TrainingScale scale;
  private Augmentation augmentation = Augmentation.paper();
  private Start start = Start.random();
  private LayerRates rates = LayerRates.EVEN;
  private Precision precision = Precision.FLOAT32;
  private Arithmetic arithmetic;
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
    arithmetic = other.arithmetic;
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
   * Sets the batch size, momentum, weight decay, learning rate and epochs.
   *
   * @param recipe the paper's by default
   * @return the changed settings
   */
  public TrainingBuilder recipe(Recipe recipe) {
    return with(changed -> changed.recipe = Objects.requireNonNull(recipe, "recipe"));
  }

  /**
   * Sets S, the length of the shorter side that images are rescaled to before cropping.
   *
   * @param scale by default fixed at 256/224 of the network's input, which is the paper's first
   *     scale
   * @return the changed settings
   */
  public TrainingBuilder scale(TrainingScale scale) {
    return with(changed -> changed.scale = Objects.requireNonNull(scale, "scale"));
  }

  /** {@return the current S} */
  public TrainingScale scale() {
    return scale;
  }

  /**
   * Sets the random changes to training images.
   *
   * @param augmentation the paper's by default: random crop, flip and color shift
   * @return the changed settings
   */
  public TrainingBuilder augmentation(Augmentation augmentation) {
    return with(
        changed -> changed.augmentation = Objects.requireNonNull(augmentation, "augmentation"));
  }

  /**
   * Sets where the initial weights come from.
   *
   * @param start random by default; {@link Start#shallow} for deep nets
   * @return the changed settings
   */
  public TrainingBuilder startFrom(Start start) {
    return with(changed -> changed.start = Objects.requireNonNull(start, "start"));
  }

  /**
   * Takes from another network every layer that has the same name and shapes.
   *
   * @param checkpoint another network's weights, such as the same one at another scale
   * @return the changed settings
   */
  public TrainingBuilder startFrom(Checkpoint checkpoint) {
    return startFrom(Start.layersOf(checkpoint));
  }

  /**
   * Freezes layers: no step changes them, and no backward pass goes through them.
   *
   * @param layer the last frozen layer, such as {@code conv4_3} or {@code pool5}; all layers before
   *     it are frozen too
   * @return the changed settings
   */
  public TrainingBuilder freezeThrough(String layer) {
    return with(
        changed -> changed.rates = rates.freezeThrough(Objects.requireNonNull(layer, "layer")));
  }

  /**
   * Makes a layer learn faster or slower than the others.
   *
   * @param layer its name, such as {@code fc8}
   * @param multiplier the multiplier of the learning rate for its weights and biases; 1 by default,
   *     0 to freeze it
   * @return the changed settings
   */
  public TrainingBuilder rateMultiplier(String layer, double multiplier) {
    return with(
        changed -> changed.rates = rates.rate(Objects.requireNonNull(layer, "layer"), multiplier));
  }

  /**
   * Changes a layer's weight decay.
   *
   * @param layer its name, such as {@code fc6}
   * @param multiplier the multiplier of the recipe's decay for its weights, 1 by default; biases
   *     never decay
   * @return the changed settings
   */
  public TrainingBuilder decayMultiplier(String layer, double multiplier) {
    return with(
        changed -> changed.rates = rates.decay(Objects.requireNonNull(layer, "layer"), multiplier));
  }

  /**
   * Sets the devices to train on: each gets its share of every batch, and all take the same step
   * (section 3.3). It is the step of the whole batch, so the number of devices changes the last
   * digits only; batch normalization, which is not in the paper, is the exception: it takes its
   * statistics per share.
   *
   * @param devices by default all GPUs if CUDA is available, otherwise the CPU; {@code
   *     Device.cpu()} may appear more than once, for tests
   * @return the changed settings
   */
  public TrainingBuilder devices(Device... devices) {
    return with(changed -> changed.devices = List.of(devices));
  }

  /**
   * Sets how many images a device holds in memory at a time. The gradient of a larger batch is the
   * sum over its pieces and equals that of the whole batch except for the last digits (and except
   * for batch normalization, which takes its statistics per piece).
   *
   * @param images by default as many as fit into 4 GiB, at 12 bytes per convolution output, a rule
   *     of thumb that depends on the network alone; unless the network has batch normalization, as
   *     many as the heap holds with the toolkit's kernels, and on GPUs {@link #fittingMicroBatch}
   * @return the changed settings
   */
  public TrainingBuilder microBatch(int images) {
    Checks.that(images >= 1, "micro-batch", images, "1 image or more");
    return with(changed -> changed.microBatch = images);
  }

  /**
   * Finds the number of images a device holds in memory at a time: the largest power of two that
   * fits into the memory free when the training begins, halved for as long as it does not fit after
   * all.
   *
   * @return the changed settings
   */
  public TrainingBuilder fittingMicroBatch() {
    return with(changed -> changed.microBatch = MicroBatch.FITTING);
  }

  /**
   * Sets the number format to compute in.
   *
   * @param precision 32 bits by default, as in the paper
   * @return the changed settings
   */
  public TrainingBuilder precision(Precision precision) {
    return with(changed -> changed.precision = Objects.requireNonNull(precision, "precision"));
  }

  /**
   * Sets what computes the steps on a CPU. With the toolkit's own kernels, {@link Arithmetic#FAST}
   * and {@link Arithmetic#EXACT}, a training yields the same bits for any number of threads and,
   * unless the network has batch normalization, of devices and images per micro-batch.
   *
   * @param arithmetic FAST, EXACT or DJL; by default FAST for a training with enough work, if the
   *     JVM was started with {@code --add-modules jdk.incubator.vector} and has memory for it, and
   *     otherwise DJL. A resumed training keeps the arithmetic that it began with
   * @return the changed settings
   */
  public TrainingBuilder arithmetic(Arithmetic arithmetic) {
    return with(changed -> changed.arithmetic = Objects.requireNonNull(arithmetic, "arithmetic"));
  }

  /**
   * Sets the folder where the training saves its progress: its last two states, the best network so
   * far, and {@code epochs.csv} with one line per epoch. If the folder holds a state of the same
   * training, the training resumes from it; if that training is finished, its result is returned at
   * once. The recipe may have more epochs than before. On a CPU, a resumed training matches one
   * that was never stopped bit for bit, with DJL's arithmetic given the same machine and the same
   * number of threads, devices and images per micro-batch; a GPU may sum in a different order each
   * time.
   *
   * <p>States are written every 30 seconds, less often if that would take more than 5% of the time,
   * and when the training ends, is interrupted, or receives a termination signal (SIGTERM, SIGINT).
   *
   * @param folder created if missing; without one nothing is saved except for the file of {@link
   *     #writeBest}
   * @return the changed settings
   */
  public TrainingBuilder folder(Path folder) {
    return with(changed -> changed.folder = Objects.requireNonNull(folder, "folder"));
  }

  /**
   * Sets the folder where the training saves its progress.
   *
   * @param folder as {@link #folder(Path)}
   * @return the changed settings
   */
  public TrainingBuilder folder(String folder) {
    return folder(Path.of(folder));
  }

  /**
   * Sets the shortest time between two saved states.
   *
   * @param time 30 seconds by default; the most work that a power failure can cost, unless writing
   *     takes more than 5% of it
   * @return the changed settings
   */
  public TrainingBuilder writeEvery(Duration time) {
    return with(changed -> changed.writeEvery = Objects.requireNonNull(time, "time"));
  }

  /**
   * Sets the seed of the initial weights, the order of the images, augmentation and dropout. On a
   * CPU, the same seed reproduces a training bit for bit, with DJL's arithmetic on the same machine
   * with the same number of threads; on a GPU the last digits may differ.
   *
   * @param seed any number; 0 by default
   * @return the changed settings
   */
  public TrainingBuilder seed(long seed) {
    return with(changed -> changed.seed = seed);
  }

  /**
   * Writes the best network so far to a file after each epoch that improves on it, completely or
   * not at all.
   *
   * @param file the file; by default the best network is kept in memory only
   * @return the changed settings
   */
  public TrainingBuilder writeBest(Path file) {
    return with(changed -> changed.bestFile = Objects.requireNonNull(file, "file"));
  }

  /**
   * Writes the best network so far to a file.
   *
   * @param file the file
   * @return the changed settings
   */
  public TrainingBuilder writeBest(String file) {
    return writeBest(Path.of(file));
  }

  /**
   * Sets the receiver of progress reports.
   *
   * @param progress the terminal by default
   * @return the changed settings
   */
  public TrainingBuilder progress(Progress progress) {
    return with(changed -> changed.progress = Objects.requireNonNull(progress, "progress"));
  }

  /**
   * Turns off progress reports.
   *
   * @return the changed settings
   */
  public TrainingBuilder quiet() {
    return progress(Progress.silent());
  }

  /**
   * Trains.
   *
   * <p>Interrupting the thread ends the training within one batch and clears the thread's interrupt
   * flag; the result so far is returned with {@link Training.StopReason#INTERRUPTED}. With a {@link
   * #folder}, the same call later resumes the training. Ctrl-C in JShell does the same.
   *
   * <p>A termination signal also takes effect within one batch: the state is saved, and the process
   * ends.
   *
   * @return the result
   * @throws VerydeepException if the network does not match the images or the initial weights, or
   *     the folder cannot be used or holds another training
   * @throws VerydeepException if the network lacks a named layer
   * @throws verydeep.VerydeepException if an image cannot be read, or the scale is below the
   *     network's input
   * @throws DivergedException if the loss becomes infinite or NaN
   * @throws verydeep.FileException if the best network cannot be written
   */
  public Training run() {
    if (network.classes() == 0) {
      throw new VerydeepException(
          "Network " + network.label() + " has no classifier to train. Build it with one.");
    }
    task.check(network);
    boolean normalizes = network.batchNorm() || network.configuration() == Configuration.A_LRN;
    if (precision == Precision.MIXED && normalizes) {
      throw new VerydeepException(
          "Mixed precision is not available for networks with normalization, whose sums overflow 16"
              + " bits, such as "
              + network.label()
              + ". Use float32.");
    }
    rates.check(network);
    Progress told = progress == null ? Progress.terminal() : progress;
    return OwnThread.run(() -> new TrainingRun(settings(), told).run());
  }

  private TrainingSettings settings() {
    return new TrainingSettings(
        network,
        task,
        task.training(),
        task.validation(),
        recipe,
        scale,
        augmentation,
        start,
        rates,
        precision,
        arithmetic,
        devices,
        microBatch,
        seed,
        bestFile,
        folder,
        writeEvery,
        saveShare);
  }

  /** Returns the current settings. */
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
