package verydeep.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.weights.Checkpoint;

/**
 * A finished test: what was said of each picture, by which protocol, and how wrong it was.
 *
 * <pre>{@code
 * var test = Evaluation.of(checkpoint, images).dense().scales(64, 80, 96).run();
 * System.out.println(test.errors());
 * }</pre>
 */
public final class Evaluation {

  /** From this share on a test says of itself that it waited for pictures. */
  private static final double NOTEWORTHY = 0.1;

  private final String name;
  private final String protocol;
  private final List<String> classes;
  private final List<Prediction> predictions;
  private final double seconds;
  private final String arithmetic;
  private final Looks looks;
  private final List<Skipped> skipped;
  private final double waiting;

  /**
   * A test's result.
   *
   * @param name what was tested
   * @param protocol how it was tested
   * @param classes the names of the classes
   * @param predictions one a picture, at least one
   * @param seconds how long it took
   */
  public Evaluation(
      String name,
      String protocol,
      List<String> classes,
      List<Prediction> predictions,
      double seconds) {
    this(name, protocol, classes, predictions, seconds, null, List.of());
  }

  /**
   * The result of a network's test.
   *
   * @param name what was tested
   * @param looks how it was tested
   * @param classes the names of the classes
   * @param predictions one a picture, at least one
   * @param seconds how long it took
   */
  public Evaluation(
      String name,
      Looks looks,
      List<String> classes,
      List<Prediction> predictions,
      double seconds) {
    this(name, looks.toString(), classes, predictions, seconds, looks, List.of());
  }

  Evaluation(
      String name,
      String protocol,
      List<String> classes,
      List<Prediction> predictions,
      double seconds,
      Looks looks,
      List<Skipped> skipped) {
    this(name, protocol, classes, predictions, seconds, looks, skipped, "", Double.NaN);
  }

  private Evaluation(
      String name,
      String protocol,
      List<String> classes,
      List<Prediction> predictions,
      double seconds,
      Looks looks,
      List<Skipped> skipped,
      String arithmetic,
      double waiting) {
    this.arithmetic = arithmetic;
    this.name = name;
    this.protocol = protocol;
    this.classes = List.copyOf(classes);
    this.predictions = List.copyOf(predictions);
    this.seconds = seconds;
    this.looks = looks;
    this.skipped = List.copyOf(skipped);
    this.waiting = waiting;
    if (predictions.isEmpty()) {
      throw new EvaluationException("A test needs at least one picture.");
    }
  }

  /**
   * Starts a test of a network; unless told otherwise dense over the whole picture and its mirror
   * image at one scale (section 3.2).
   *
   * @param checkpoint the network with its weights
   * @param images the pictures, with their true classes
   * @return a builder
   */
  public static EvaluationBuilder of(Checkpoint checkpoint, Images images) {
    return new EvaluationBuilder(checkpoint, images);
  }

  /**
   * The least that a network must beat: always saying the class that most training pictures have.
   *
   * @param training the pictures that one could have trained on
   * @param test the pictures to be tested, of the same classes
   * @return the result
   * @throws EvaluationException if the classes differ
   */
  public static Evaluation commonestClass(Images training, Images test) {
    if (!training.classes().equals(test.classes())) {
      throw new EvaluationException(
          "The training pictures have the classes "
              + training.classes()
              + ", those to be tested "
              + test.classes()
              + "; they must be the same.");
    }
    int[] counts = training.counts();
    float[] shares = new float[counts.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) counts[i] / training.size();
    }
    List<Prediction> predictions =
        IntStream.range(0, test.size())
            .mapToObj(i -> new Prediction(test.file(i), test.label(i), shares))
            .toList();
    return new Evaluation("the commonest class", "no look", test.classes(), predictions, 0);
  }

  /**
   * What was tested.
   *
   * @return the network's label
   */
  public String name() {
    return name;
  }

  /**
   * How it was tested.
   *
   * @return view, scales, and whether mirror images were shown
   */
  public String protocol() {
    return protocol;
  }

  /**
   * The names of the classes.
   *
   * @return the names
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * What was said of each picture.
   *
   * @return predictions in the order of the pictures
   */
  public List<Prediction> predictions() {
    return predictions;
  }

  /**
   * How wrong it was.
   *
   * @return top-1 and top-5 error with their intervals
   */
  public ErrorRates errors() {
    return ErrorRates.of(predictions);
  }

  /**
   * Which classes were taken for which.
   *
   * @return the matrix
   */
  public ConfusionMatrix confusion() {
    return new ConfusionMatrix(classes, predictions);
  }

  /**
   * How the pictures were looked at.
   *
   * @return empty for a test that is no look of a network, or the mean of several tests
   */
  public Optional<Looks> looks() {
    return Optional.ofNullable(looks);
  }

  /**
   * Pictures that could not be read, if the test was asked to go on without them.
   *
   * @return the files, with the reasons
   */
  public List<Skipped> skipped() {
    return skipped;
  }

  /**
   * The mean of several tests' posteriors for each picture: an ensemble of networks (section 4.5),
   * or dense and multi-crop testing together (section 4.4). Nothing is run again.
   *
   * @param tests of the same pictures and classes
   * @return a new result; its name and protocol say what was averaged
   * @throws EvaluationException if pictures or classes differ
   */
  public static Evaluation mean(Evaluation... tests) {
    return mean(List.of(tests));
  }

  /**
   * The mean of several tests' posteriors for each picture.
   *
   * @param tests of the same pictures and classes
   * @return a new result
   * @throws EvaluationException if pictures or classes differ
   */
  public static Evaluation mean(List<Evaluation> tests) {
    return Ensemble.mean(tests);
  }

  /**
   * Compares two tests of the same pictures, picture by picture: far more telling than whether
   * their intervals overlap.
   *
   * @param other the other test
   * @return by top-1 error
   * @throws EvaluationException if the pictures differ
   */
  public Comparison compareWith(Evaluation other) {
    return Comparison.of(this, other, 1);
  }

  /**
   * Writes the test to a file, whole or not at all: every posterior in 32 bits, the pictures'
   * names, and the protocol, as safetensors.
   *
   * @param file the file
   * @return the file
   * @throws verydeep.weights.CheckpointException if it cannot be written
   */
  public Path write(Path file) {
    EvaluationFile.write(file, this);
    return file;
  }

  /**
   * Writes the test to a file.
   *
   * @param file the file
   * @return the file
   * @throws verydeep.weights.CheckpointException if it cannot be written
   */
  public Path write(String file) {
    return write(Path.of(file));
  }

  /**
   * Reads a test that was written.
   *
   * @param file the file
   * @return the test
   * @throws verydeep.weights.CheckpointException if it cannot be read or is no such file
   */
  public static Evaluation read(Path file) {
    return EvaluationFile.read(file);
  }

  /**
   * Reads a test that was written.
   *
   * @param file the file
   * @return the test
   * @throws verydeep.weights.CheckpointException if it cannot be read or is no such file
   */
  public static Evaluation read(String file) {
    return read(Path.of(file));
  }

  /**
   * How long the test took.
   *
   * @return seconds, with loading the weights
   */
  public double seconds() {
    return seconds;
  }

  /**
   * Which arithmetic ran in the network's forward passes.
   *
   * @return such as {@code DJL's PyTorch} or {@code F(4x4, 3x3) on vectors of 512 bits, 2 threads};
   *     empty where no network ran
   */
  public String arithmetic() {
    return arithmetic;
  }

  /**
   * The share of its time in which the network stood still, because the next pictures were not
   * decoded and resized yet: near 0 unless the disk or the decoding is slower than the network.
   *
   * @return from 0 to 1; empty for a test that was read from a file or put together from others
   */
  public OptionalDouble waiting() {
    return Double.isNaN(waiting) ? OptionalDouble.empty() : OptionalDouble.of(waiting);
  }

  /**
   * The same under another name.
   *
   * @param name what was tested, in the caller's words
   * @return a new result
   */
  public Evaluation named(String name) {
    return new Evaluation(
        name, protocol, classes, predictions, seconds, looks, skipped, arithmetic, waiting);
  }

  /** The same, with who computed it, and a known share of waiting. */
  Evaluation by(String arithmetic, double share) {
    return new Evaluation(
        name, protocol, classes, predictions, seconds, looks, skipped, arithmetic, share);
  }

  /**
   * Name, protocol, arithmetic, and both errors; and that it waited for pictures, if it did so for
   * long.
   */
  @Override
  public String toString() {
    String left =
        skipped.isEmpty()
            ? ""
            : "\n"
                + skipped.size()
                + " pictures could not be read, the first: "
                + skipped.get(0).file();
    String stood =
        waiting >= NOTEWORTHY
            ? String.format(Locale.ROOT, ", %.0f%% of it waiting for pictures", 100 * waiting)
            : "";
    return String.format(
        Locale.ROOT,
        "%s, %s: %d pictures in %s%s%s%n%s%s",
        name,
        protocol,
        predictions.size(),
        ProgressLine.duration(seconds),
        arithmetic.isEmpty() ? "" : ", by " + arithmetic,
        stood,
        errors(),
        left);
  }
}
