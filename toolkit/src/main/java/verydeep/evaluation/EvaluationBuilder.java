package verydeep.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.inference.ViewChoice;
import verydeep.internal.jobs.WorkJob;
import verydeep.jobs.Job;
import verydeep.weights.Checkpoint;

/**
 * Settings of a test, in any order; {@link #run()} checks them all and tests. Each method gives
 * changed settings and leaves these as they were, so that several tests can begin with the same.
 *
 * <pre>{@code
 * var one = Evaluation.of(checkpoint, images).skippingUnreadable();
 * var crop = one.centerCrop().scales(256).run();
 * var dense = one.dense().multiScale().run();
 * }</pre>
 */
public final class EvaluationBuilder {

  private final Checkpoint checkpoint;
  private final Images images;
  private ViewChoice views = ViewChoice.DEFAULT;
  private Arithmetic arithmetic;
  private boolean quiet;
  private boolean both;
  private boolean skipping;
  private Path folder;
  private long pause = WorkJob.PAUSE_NANOS;

  EvaluationBuilder(Checkpoint checkpoint, Images images) {
    this.checkpoint = Objects.requireNonNull(checkpoint, "checkpoint");
    this.images = Objects.requireNonNull(images, "images");
  }

  private EvaluationBuilder(EvaluationBuilder other) {
    checkpoint = other.checkpoint;
    images = other.images;
    views = other.views;
    arithmetic = other.arithmetic;
    quiet = other.quiet;
    both = other.both;
    skipping = other.skipping;
    folder = other.folder;
    pause = other.pause;
  }

  private EvaluationBuilder with(Consumer<EvaluationBuilder> change) {
    EvaluationBuilder changed = new EvaluationBuilder(this);
    change.accept(changed);
    return changed;
  }

  /**
   * What of an image the network is shown.
   *
   * @param view dense by default
   * @return changed settings
   */
  public EvaluationBuilder view(View view) {
    return with(
        changed -> {
          changed.both = false;
          changed.views = views.withView(view);
        });
  }

  /**
   * Shows the square in the middle of each image.
   *
   * @return changed settings
   */
  public EvaluationBuilder centerCrop() {
    return view(View.centerCrop());
  }

  /**
   * Shows each image whole (section 3.2).
   *
   * @return changed settings
   */
  public EvaluationBuilder dense() {
    return view(View.dense());
  }

  /**
   * Shows 5x5 crops of each image and their flipped images (section 3.2): 50 views a scale.
   *
   * @return changed settings
   */
  public EvaluationBuilder multiCrop() {
    return view(View.multiCrop());
  }

  /**
   * Tests densely and by 5x5 crops, and averages the two posteriors (section 4.4). With a {@link
   * #folder} the two tests are kept in {@code dense} and {@code multi-crop} there.
   *
   * @return changed settings
   */
  public EvaluationBuilder denseAndMultiCrop() {
    return with(changed -> changed.both = true);
  }

  /**
   * The scales Q; the posteriors at all of them are averaged (section 4.2).
   *
   * @param smallestSides Q in pixels. By default one: S if the network was trained at a fixed
   *     scale, the middle of the range if it was trained with scale jitter (section 4.1)
   * @return changed settings
   */
  public EvaluationBuilder scales(int... smallestSides) {
    return with(changed -> changed.views = views.withScales(smallestSides));
  }

  /**
   * Three scales Q around the S at which the network was trained (section 4.2): {@link
   * verydeep.data.TrainingScale#testScales}.
   *
   * @return changed settings; in place of {@link #scales(int...)}
   */
  public EvaluationBuilder multiScale() {
    return with(changed -> changed.views = views.withThreeScales());
  }

  /**
   * Whether flipped images are shown too, and the posteriors averaged.
   *
   * @param flipped true by default for dense testing, as in the paper, false for the center crop
   * @return changed settings
   */
  public EvaluationBuilder flipped(boolean flipped) {
    return with(changed -> changed.views = views.withFlipped(flipped));
  }

  /**
   * Sets the arithmetic of the forward passes.
   *
   * @param arithmetic by default the one that the amount of work pays for: {@link Arithmetic}
   * @return changed settings
   */
  public EvaluationBuilder arithmetic(Arithmetic arithmetic) {
    Objects.requireNonNull(arithmetic, "arithmetic");
    return with(changed -> changed.arithmetic = arithmetic);
  }

  /**
   * Goes on when an image cannot be read, and names it in the result.
   *
   * @return changed settings; by default such an image ends the test with an exception
   */
  public EvaluationBuilder skippingUnreadable() {
    return with(changed -> changed.skipping = true);
  }

  /**
   * Where the test keeps what it has found so far, so that a long one that was stopped goes on
   * where it was when it is called again, and ends in the same bits; a finished one is given at
   * once.
   *
   * @param folder made if it is not there; one test has it for itself. Without one nothing is kept
   * @return changed settings
   */
  public EvaluationBuilder folder(Path folder) {
    Objects.requireNonNull(folder, "folder");
    return with(changed -> changed.folder = folder);
  }

  /**
   * Where the test keeps what it has found so far.
   *
   * @param folder as {@link #folder(Path)}
   * @return changed settings
   */
  public EvaluationBuilder folder(String folder) {
    return folder(Path.of(folder));
  }

  /** For tests: how often parts are kept. */
  EvaluationBuilder pause(long nanos) {
    return with(changed -> changed.pause = nanos);
  }

  /**
   * Shows no progress.
   *
   * @return changed settings
   */
  public EvaluationBuilder quiet() {
    return with(changed -> changed.quiet = true);
  }

  /**
   * Tests.
   *
   * @return the result
   * @throws VerydeepException if the network gives no classes or others than the images have, or a
   *     scale is too small for the network
   * @throws verydeep.VerydeepException if the arithmetic that was asked for cannot run here
   * @throws verydeep.data.UnreadableImageException if an image cannot be read
   * @throws java.util.concurrent.CancellationException if the thread is interrupted, or after
   *     Ctrl-C in JShell; the message says how far it came, and a {@link #folder} keeps what was
   *     done
   */
  public Evaluation run() {
    return OwnThread.run(this::test);
  }

  private Evaluation test() {
    if (!both) {
      return tested(views.view(), folder);
    }
    return Evaluation.mean(
        tested(View.dense(), folder == null ? null : PairJob.dense(folder)),
        tested(View.multiCrop(), folder == null ? null : PairJob.crops(folder)));
  }

  private Evaluation tested(View view, Path in) {
    try (var job = job(view)) {
      return job.run(in);
    }
  }

  /**
   * Makes this test a job, which can be done in parts on several machines. The folder of its parts
   * is given to them; {@link #folder} does not count. The arithmetic is chosen by the whole test,
   * and the first part that is begun in a folder chooses it for all.
   *
   * @return the job; nothing is loaded yet
   * @throws VerydeepException as {@link #run()}, for settings that do not fit
   */
  public Job<Evaluation> job() {
    return both
        ? new PairJob<>(job(View.dense()), job(View.multiCrop()), Evaluation::mean)
        : job(views.view());
  }

  private WorkJob<?, Evaluation> job(View view) {
    return new NetworkWork(settings(), view).job(Evaluation::new);
  }

  EvaluationSettings settings() {
    return new EvaluationSettings(checkpoint, images, views, arithmetic, skipping, quiet, pause);
  }

  /** {@return the views of one test or, for a mean of two, of both} */
  List<TestViews> allViews() {
    List<View> all = both ? List.of(View.dense(), View.multiCrop()) : List.of(views.view());
    int input = checkpoint.network().input();
    return all.stream()
        .map(view -> views.withView(view).views(checkpoint.trainingScale().orElse(null), input))
        .toList();
  }

  /** {@return the images to test with} */
  public Images images() {
    return images;
  }

  /**
   * Writes the network and what was set to one file, whole or not at all, so that another machine
   * can do parts of the same test. The images are not written, nor a {@link #folder}.
   *
   * @param file a path; missing folders are created
   * @return the path
   * @throws verydeep.FileException if it cannot be written
   */
  public Path write(Path file) {
    TestFile.write(file, this);
    return file;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param file a path
   * @param images the images to test with
   * @return the same settings
   * @throws verydeep.FileException if it cannot be read, is damaged, or holds something else
   */
  public static EvaluationBuilder read(Path file, Images images) {
    return TestFile.read(file, images);
  }

  /** What was set so far. */
  @Override
  public String toString() {
    return "test of VGG "
        + checkpoint.network().label()
        + " on "
        + images.size()
        + " images, "
        + (both ? View.dense() + " & " + View.multiCrop() : views.view())
        + ", "
        + views.sides()
        + (arithmetic == null ? "" : ", " + arithmetic)
        + (folder == null ? "" : ", in " + folder);
  }
}
