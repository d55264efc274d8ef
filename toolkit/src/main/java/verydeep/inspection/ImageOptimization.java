package verydeep.inspection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.RgbImage;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.passes.LayerGradients;
import verydeep.weights.Checkpoint;

/**
 * Makes an image from a network's features: its pixels change step by step, by the gradient of a
 * loss with respect to them, until the image is as the {@link Objective}s say. Style transfer,
 * feature inversion, the strongest input of a channel and deep dream are this with different
 * objectives. Settings may come in any order; each method returns changed settings and leaves these
 * as they were.
 *
 * <pre>{@code
 * var made = ImageOptimization.inversion(checkpoint, image, "conv2_1").steps(5).run();
 * System.out.println(made);
 * }</pre>
 *
 * <p>The same settings and seed give the same bits on the same machine. An interrupt of the thread,
 * or Ctrl-C in JShell, ends {@link #run()} after the running step, with the image so far.
 */
public final class ImageOptimization {

  /** Gray levels a step. */
  private static final double USUAL_RATE = 4;

  private static final int USUAL_STEPS = 100;

  /** The layers of Gatys et al. 2016 and their weights of content and style, 1 to 1000. */
  private static final String CONTENT = "conv4_2";

  private static final String[] STYLE = {"conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"};

  private final Checkpoint checkpoint;
  private List<Objective> objectives = List.of();
  private Pixels start;
  private long seed;
  private Descent.Kind descent;
  private int steps = USUAL_STEPS;
  private int jitter;
  private Arithmetic arithmetic;
  private ImageProgress progress;

  private ImageOptimization(Checkpoint checkpoint) {
    this.checkpoint = Objects.requireNonNull(checkpoint, "checkpoint");
    int side = NetworkInput.usualScale(checkpoint.network());
    start = Pixels.noise(side, side, 0);
    descent = size -> new Adam(size, USUAL_RATE);
  }

  private ImageOptimization(ImageOptimization other) {
    checkpoint = other.checkpoint;
    objectives = other.objectives;
    start = other.start;
    seed = other.seed;
    descent = other.descent;
    steps = other.steps;
    jitter = other.jitter;
    arithmetic = other.arithmetic;
    progress = other.progress;
  }

  private ImageOptimization with(Consumer<ImageOptimization> change) {
    ImageOptimization changed = new ImageOptimization(this);
    change.accept(changed);
    return changed;
  }

  /**
   * Starts with no objective, from noise as large as the network's input, or 224x224 pixels for one
   * of convolutions only, by Adam.
   *
   * @param checkpoint the network with its weights
   * @return the settings
   */
  public static ImageOptimization of(Checkpoint checkpoint) {
    return new ImageOptimization(checkpoint);
  }

  /**
   * Style transfer as in Gatys et al. 2016: the content of one image in conv4_2, the style of
   * another in conv1_1 to conv5_1, 1 to 1000, from the first image, by Adam, in 100 steps.
   *
   * @param checkpoint D or E, or another network with these layers
   * @param content the image whose content is kept
   * @param style the image whose style is taken, of any size
   * @return settings, to be changed or run
   * @throws VerydeepException if the network lacks one of the layers
   */
  public static ImageOptimization styleTransfer(
      Checkpoint checkpoint, RgbImage content, RgbImage style) {
    return of(checkpoint)
        .add(Objective.content(content, CONTENT))
        .add(Objective.style(style, STYLE).times(1000))
        .start(content);
  }

  /**
   * Feature inversion as in Mahendran and Vedaldi 2015: an image with the same activations as
   * another in a layer, from noise.
   *
   * @param checkpoint the network
   * @param image the image
   * @param layer the layer
   * @return settings, to be changed or run
   * @throws VerydeepException if the network has no such layer
   */
  public static ImageOptimization inversion(Checkpoint checkpoint, RgbImage image, String layer) {
    return of(checkpoint)
        .add(Objective.features(image, layer))
        .add(Objective.totalVariation().times(2e-4))
        .noise(image.width(), image.height(), 0);
  }

  /**
   * What a channel responds to most strongly: an image from noise, which moves by up to 8 pixels at
   * each step, so that no place has its own way.
   *
   * @param checkpoint the network
   * @param layer the layer
   * @param channel the channel's index
   * @return settings, to be changed or run
   * @throws VerydeepException if the network has no such layer
   * @throws VerydeepException if the layer has no such channel
   */
  public static ImageOptimization strongestInput(Checkpoint checkpoint, String layer, int channel) {
    return of(checkpoint)
        .add(Objective.channel(layer, channel))
        .add(Objective.totalVariation().times(0.3))
        .jitter(8);
  }

  /**
   * Deep dream: what a layer sees in an image becomes more so (A. Mordvintsev et al.,
   * <i>Inceptionism</i>, 2015), in 20 steps.
   *
   * @param checkpoint the network
   * @param image the image
   * @param layer the layer
   * @return settings, to be changed or run
   * @throws VerydeepException if the network has no such layer
   */
  public static ImageOptimization deepDream(Checkpoint checkpoint, RgbImage image, String layer) {
    return of(checkpoint).add(Objective.strength(layer)).start(image).adam(2).jitter(16).steps(20);
  }

  /**
   * Adds an objective.
   *
   * @param objective what the image should be like, with its weight
   * @return changed settings
   * @throws VerydeepException if the network lacks one of its layers
   * @throws VerydeepException if the network lacks its class or channel, or a distance is on other
   *     weights
   */
  public ImageOptimization add(Objective objective) {
    Term term = objective.term();
    term.check(checkpoint.network());
    if (term instanceof DistanceTerm distance) {
      distance.checkSame(checkpoint.parameters());
    }
    Objective known =
        term instanceof ScoreTerm score
            ? objective.on(score.in(checkpoint.classNames()))
            : objective;
    List<Objective> more = new ArrayList<>(objectives);
    more.add(known);
    return with(changed -> changed.objectives = List.copyOf(more));
  }

  /**
   * Starts from an image.
   *
   * @param image the first image, whose size the result has
   * @return changed settings
   * @throws verydeep.network.ImageTooSmallException if it is smaller than the network's window
   */
  public ImageOptimization start(RgbImage image) {
    checkpoint.network().checkImage(image.height(), image.width());
    return with(changed -> changed.start = Pixels.of(image));
  }

  /**
   * Starts from noise around gray.
   *
   * @param width of the image in pixels
   * @param height of the image in pixels
   * @param seed any number; the same one gives the same noise, and the same {@link #jitter}
   * @return changed settings
   * @throws verydeep.network.ImageTooSmallException if it is smaller than the network's window
   * @throws VerydeepException if it has more pixels than {@link RgbImage#MOST_PIXELS}
   */
  public ImageOptimization noise(int width, int height, long seed) {
    checkpoint.network().checkImage(height, width);
    if ((long) width * height > RgbImage.MOST_PIXELS) {
      throw new VerydeepException(
          "An image of %d x %d pixels is too large; %d are the most."
              .formatted(width, height, RgbImage.MOST_PIXELS));
    }
    return with(
        changed -> {
          changed.start = Pixels.noise(width, height, seed);
          changed.seed = seed;
        });
  }

  /**
   * Steps by Adam.
   *
   * @param rate the learning rate, above 0: about how many gray levels a pixel changes at a step; 4
   *     by default
   * @return changed settings
   * @throws VerydeepException if it is not above 0
   */
  public ImageOptimization adam(double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new VerydeepException(
          "The rate is " + rate + " gray levels a step; it must be above 0 and finite.");
    }
    return with(changed -> changed.descent = size -> new Adam(size, rate));
  }

  /**
   * Steps by L-BFGS without a line search, which may need fewer of them. The loss may rise, and
   * must not change its form, as it does with {@link #jitter}.
   *
   * @return changed settings
   */
  public ImageOptimization lbfgs() {
    return with(changed -> changed.descent = size -> new Lbfgs());
  }

  /**
   * How many steps are taken.
   *
   * @param count 1 or more; 100 by default
   * @return changed settings
   * @throws VerydeepException if it is below 1
   */
  public ImageOptimization steps(int count) {
    if (count < 1) {
      throw new VerydeepException("The number of steps is " + count + "; it must be 1 or more.");
    }
    return with(changed -> changed.steps = count);
  }

  /**
   * By how much the network's view of the image moves at random at each step, which keeps patterns
   * from sticking to places.
   *
   * @param pixels the most in each direction; 0, the default, for none
   * @return changed settings
   * @throws VerydeepException if it is below 0
   */
  public ImageOptimization jitter(int pixels) {
    if (pixels < 0) {
      throw new VerydeepException("The jitter is " + pixels + " pixels; it must be 0 or more.");
    }
    return with(changed -> changed.jitter = pixels);
  }

  /**
   * The arithmetic of the gradients.
   *
   * @param arithmetic FAST, EXACT or DJL; by default the one that suits the amount of work: {@link
   *     Arithmetic}
   * @return changed settings
   */
  public ImageOptimization arithmetic(Arithmetic arithmetic) {
    return with(changed -> changed.arithmetic = Objects.requireNonNull(arithmetic, "arithmetic"));
  }

  /**
   * Who is told of the progress.
   *
   * @param progress {@code Show.image()} for the image itself, in place below a notebook's cell; by
   *     default a line
   * @return changed settings
   */
  public ImageOptimization progress(ImageProgress progress) {
    return with(changed -> changed.progress = Objects.requireNonNull(progress, "progress"));
  }

  /**
   * Makes the image.
   *
   * @return the image; the one so far after an interrupt, or Ctrl-C in JShell
   * @throws VerydeepException if there is no objective, an image to be like is of another size, or
   *     the loss becomes infinite or NaN
   */
  public OptimizedImage run() {
    if (objectives.isEmpty()) {
      throw new VerydeepException(
          "There is no objective, so the image would stay as it is: add(Objective...).");
    }
    return OwnThread.run(this::made);
  }

  private OptimizedImage made() {
    Pixels pixels = start.copy();
    try (LayerGradients network = open(pixels)) {
      return new OptimizationRun(
              network,
              checkpoint.preprocessing(),
              objectives,
              pixels,
              descent.of(pixels.levels().length),
              jitter,
              seed)
          .run(steps, progress == null ? ImageProgress.terminal() : progress);
    }
  }

  private LayerGradients open(Pixels pixels) {
    if (arithmetic != null) {
      return Arithmetics.gradients(arithmetic, checkpoint.parameters());
    }
    Set<String> layers = new LinkedHashSet<>();
    objectives.forEach(objective -> layers.addAll(objective.term().layers()));
    return ScoreGradients.open(
        checkpoint.parameters(), layers, pixels.height(), pixels.width(), steps);
  }

  /** Returns the network, the size and the objectives. */
  @Override
  public String toString() {
    return "image of %d x %d pixels from VGG %s: %s"
        .formatted(start.width(), start.height(), checkpoint.network().label(), objectives);
  }
}
