package verydeep.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.TrainingScale;
import verydeep.network.ForwardPass;
import verydeep.weights.Checkpoint;

/** Settings of a test, in any order; {@link #run()} checks them all and tests. */
public final class EvaluationBuilder {

  private final Checkpoint checkpoint;
  private final Images images;
  private View view = View.dense();
  private List<Integer> scales = List.of();
  private Boolean mirrored;
  private Arithmetic arithmetic;
  private boolean quiet;

  EvaluationBuilder(Checkpoint checkpoint, Images images) {
    this.checkpoint = Objects.requireNonNull(checkpoint, "checkpoint");
    this.images = Objects.requireNonNull(images, "images");
  }

  /**
   * What of a picture the network is shown.
   *
   * @param view dense by default
   * @return this
   */
  public EvaluationBuilder view(View view) {
    this.view = Objects.requireNonNull(view, "view");
    return this;
  }

  /**
   * Shows the square in the middle of each picture.
   *
   * @return this
   */
  public EvaluationBuilder centreCrop() {
    return view(View.centreCrop());
  }

  /**
   * Shows each picture whole (section 3.2).
   *
   * @return this
   */
  public EvaluationBuilder dense() {
    return view(View.dense());
  }

  /**
   * The scales Q; the posteriors at all of them are averaged (section 4.2).
   *
   * @param smallestSides Q in pixels. By default one: S if the network was trained at a fixed
   *     scale, the middle of the range if it was trained with scale jitter (section 4.1)
   * @return this
   */
  public EvaluationBuilder scales(int... smallestSides) {
    this.scales = Arrays.stream(smallestSides).boxed().toList();
    return this;
  }

  /**
   * Whether mirror images are shown too, and the posteriors averaged.
   *
   * @param mirrored true by default for dense testing, as in the paper, false for the centre crop
   * @return this
   */
  public EvaluationBuilder mirrored(boolean mirrored) {
    this.mirrored = mirrored;
    return this;
  }

  /**
   * Who multiplies, and how.
   *
   * @param arithmetic by default the one that the amount of work pays for: {@link
   *     Arithmetic#forWork}
   * @return this
   */
  public EvaluationBuilder arithmetic(Arithmetic arithmetic) {
    this.arithmetic = Objects.requireNonNull(arithmetic, "arithmetic");
    return this;
  }

  /**
   * Shows no progress.
   *
   * @return this
   */
  public EvaluationBuilder quiet() {
    this.quiet = true;
    return this;
  }

  /**
   * Tests.
   *
   * @return the result
   * @throws EvaluationException if the network gives no classes or others than the pictures have,
   *     or a scale is too small for the network
   * @throws verydeep.cpu.CpuException if the arithmetic that was asked for cannot run here
   * @throws verydeep.data.UnreadablePictureException if a picture cannot be read
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Evaluation run() {
    int[] labels = labels();
    if (scales.isEmpty()) {
      scales = List.of(scale());
    }
    Looks looks = new Looks(view, scales, mirrored == null ? view.mirroredByDefault() : mirrored);
    long start = System.nanoTime();
    List<Prediction> predictions = new ArrayList<>();
    ProgressLine progress = quiet ? ProgressLine.silent() : ProgressLine.printing();
    Arithmetic chosen = arithmetic;
    if (chosen == null) {
      double work = images.size() * looks.multiplications(checkpoint.network(), "fc8");
      chosen = Arithmetic.forWork(checkpoint.parameters(), work);
    }
    String computed;
    try (ForwardPass pass = chosen.load(checkpoint.parameters())) {
      computed = pass.arithmetic();
      new ResponseReader(pass, checkpoint.preprocessing(), looks, List.of("fc8"))
          .read(
              images,
              (index, responses) -> {
                float[] posterior = Posteriors.mean(responses);
                predictions.add(
                    new Prediction(images.file(index), labels[images.label(index)], posterior));
                progress.show("testing, " + looks, index + 1, images.size());
              });
    } finally {
      progress.clear();
    }
    return new Evaluation(
        "VGG " + checkpoint.network().label(),
        looks.toString(),
        checkpoint.classes(),
        predictions,
        (System.nanoTime() - start) / 1e9,
        computed);
  }

  private int scale() {
    TrainingScale scale =
        checkpoint
            .trainingScale()
            .orElseThrow(
                () ->
                    new EvaluationException(
                        "The checkpoint does not say at which scale it was trained; "
                            + "say at which to test it: scales(...)."));
    return (scale.smallest() + scale.largest()) / 2;
  }

  /** For each class of the pictures its index among the network's. */
  private int[] labels() {
    List<String> known = checkpoint.classes();
    if (known.isEmpty()) {
      throw new EvaluationException(
          "Network "
              + checkpoint.network().label()
              + " gives no classes; "
              + "a classifier on its features does.");
    }
    return images.classes().stream()
        .mapToInt(
            name -> {
              int index = known.indexOf(name);
              if (index < 0) {
                throw new EvaluationException(
                    "The pictures have a class \""
                        + name
                        + "\" that the network does not know; "
                        + "it knows "
                        + String.join(", ", known)
                        + ".");
              }
              return index;
            })
        .toArray();
  }
}
