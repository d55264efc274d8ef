package verydeep.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.data.TestViews;
import verydeep.data.TrainingScale;
import verydeep.weights.Checkpoint;

/**
 * A finished test: the prediction for each image, the protocol, and the errors.
 *
 * <pre>{@code
 * var test = Evaluation.of(checkpoint, images).dense().scales(64, 80, 96).run();
 * System.out.println(test.errors());
 * }</pre>
 */
public final class Evaluation {

  private final TestRecord record;

  /**
   * A test's result.
   *
   * @param name what was tested
   * @param protocol how it was tested
   * @param classes the names of the classes
   * @param predictions one per image, at least one
   * @param seconds how long it took
   */
  public Evaluation(
      String name,
      String protocol,
      List<String> classes,
      List<Prediction> predictions,
      double seconds) {
    this(new TestRecord(TestFacts.of(name, protocol, seconds), classes, predictions, List.of()));
  }

  /**
   * The result of a network's test.
   *
   * @param name what was tested
   * @param views how it was tested
   * @param classes the names of the classes
   * @param predictions one per image, at least one
   * @param seconds how long it took
   */
  public Evaluation(
      String name,
      TestViews views,
      List<String> classes,
      List<Prediction> predictions,
      double seconds) {
    this(new TestRecord(TestFacts.of(name, views, seconds), classes, predictions, List.of()));
  }

  Evaluation(TestRecord record) {
    this.record = record;
  }

  TestRecord record() {
    return record;
  }

  /**
   * Starts a test of a network; by default dense, over the whole image and its flipped copy, at one
   * scale (section 3.2).
   *
   * @param checkpoint the network with its weights
   * @param images the images, with their true classes
   * @return a builder
   */
  public static EvaluationBuilder of(Checkpoint checkpoint, Images images) {
    return new EvaluationBuilder(checkpoint, images);
  }

  /**
   * The least that a network must beat: always saying the class that most training images have.
   *
   * @param training the images that one could have trained on
   * @param test the images to be tested, of the same classes
   * @return the result
   * @throws VerydeepException if the classes differ
   */
  public static Evaluation majorityClass(Images training, Images test) {
    return new Evaluation(MajorityClass.test(training, test));
  }

  /**
   * What was tested.
   *
   * @return the network's label
   */
  public String name() {
    return record.name();
  }

  /**
   * How it was tested.
   *
   * @return view, scales, and whether flipped images were shown
   */
  public String protocol() {
    return record.protocol();
  }

  /**
   * The names of the classes.
   *
   * @return the names
   */
  public List<String> classes() {
    return record.classes();
  }

  /**
   * The prediction for each image.
   *
   * @return predictions in the order of the images
   */
  public List<Prediction> predictions() {
    return record.predictions();
  }

  /**
   * How wrong it was.
   *
   * @return top-1 and, of more than five classes, top-5 error with their intervals
   */
  public ErrorRates errors() {
    return record.errors();
  }

  /**
   * Which classes were taken for which.
   *
   * @return the matrix
   */
  public ConfusionMatrix confusion() {
    return new ConfusionMatrix(classes(), predictions());
  }

  /**
   * Which views of the images the network was shown.
   *
   * @return empty for a test that is not of a network, and for the mean of tests that differ in it
   */
  public Optional<TestViews> views() {
    List<TestViews> all = record.allViews();
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  /**
   * Which views of the images were shown in all tests of which this is the mean.
   *
   * @return those of {@link #views()} for a single test, each once for a mean; empty for a test
   *     that is not of a network, or if one of the averaged tests is not
   */
  public List<TestViews> allViews() {
    return record.allViews();
  }

  /**
   * S, the scale at which the network was trained: the paper's networks differ by it.
   *
   * @return empty if its checkpoint does not say so, or for the mean of tests that differ in it
   */
  public Optional<TrainingScale> trainingScale() {
    return record.trainingScale();
  }

  /**
   * Images that could not be read, if the test was asked to go on without them.
   *
   * @return the files, with the reasons
   */
  public List<Skipped> skipped() {
    return record.skipped();
  }

  /**
   * The mean of several tests' posteriors for each image: an ensemble of networks (section 4.5), or
   * dense and multi-crop testing together (section 4.4). Nothing is run again.
   *
   * @param tests of the same images and classes
   * @return a new result; its name and protocol say what was averaged
   * @throws VerydeepException if images or classes differ
   */
  public static Evaluation mean(Evaluation... tests) {
    return mean(List.of(tests));
  }

  /**
   * The mean of several tests' posteriors for each image.
   *
   * @param tests of the same images and classes
   * @return a new result
   * @throws VerydeepException if images or classes differ
   */
  public static Evaluation mean(List<Evaluation> tests) {
    return new Evaluation(Ensemble.mean(tests.stream().map(Evaluation::record).toList()));
  }

  /**
   * Compares two tests of the same images, image by image: far more telling than whether their
   * intervals overlap.
   *
   * @param other the other test
   * @return by top-1 error
   * @throws VerydeepException if the images differ
   */
  public Comparison compareWith(Evaluation other) {
    return Comparison.of(this, other, 1);
  }

  /**
   * Compares two tests of the same images, image by image.
   *
   * @param other the other test
   * @param top 1 for the top-1 error, 5 for the top-5 error
   * @return by that error
   * @throws VerydeepException if the images differ, or {@code top} is below 1
   */
  public Comparison compareWith(Evaluation other, int top) {
    return Comparison.of(this, other, top);
  }

  /**
   * The same test with its images where they are now: a test that was read from a file, perhaps on
   * another computer, can then show them, and be put together with tests of this one.
   *
   * @param images the same images by name, of the same classes and in the same order
   * @return a new result
   * @throws VerydeepException if they are others
   */
  public Evaluation movedTo(Images images) {
    return new Evaluation(SameImages.moved(record, images));
  }

  /**
   * Writes the test to a file, whole or not at all: every posterior in 32 bits, the images' names,
   * and the protocol, as safetensors.
   *
   * @param file the file
   * @return the file
   * @throws verydeep.FileException if it cannot be written
   */
  public Path write(Path file) {
    EvaluationFile.write(file, record);
    return file;
  }

  /**
   * Writes the test to a file.
   *
   * @param file the file
   * @return the file
   * @throws verydeep.FileException if it cannot be written
   */
  public Path write(String file) {
    return write(Path.of(file));
  }

  /**
   * Reads a test that was written. From a large file the posteriors are read when they are needed,
   * so it must stay as it is: 50,000 images of 1000 classes are 200 MB.
   *
   * @param file the file
   * @return the test
   * @throws verydeep.FileException if it cannot be read or is not such a file
   */
  public static Evaluation read(Path file) {
    return new Evaluation(EvaluationFile.read(file));
  }

  /**
   * Reads a test that was written.
   *
   * @param file the file
   * @return the test
   * @throws verydeep.FileException if it cannot be read or is not such a file
   */
  public static Evaluation read(String file) {
    return read(Path.of(file));
  }

  /**
   * How long the test took.
   *
   * @return seconds, without loading the weights; of all calls if it was stopped and went on, of
   *     all tests together for their mean
   */
  public double seconds() {
    return record.seconds();
  }

  /**
   * Which arithmetic ran in the network's forward passes.
   *
   * @return such as {@code DJL's PyTorch} or {@code F(4x4, 3x3) on vectors of 512 bits, 2 threads};
   *     empty where no network ran
   */
  public String arithmetic() {
    return record.arithmetic();
  }

  /**
   * The share of its time in which the network stood still, because the next images were not
   * decoded and resized yet: near 0 unless the disk or the decoding is slower than the network.
   *
   * @return from 0 to 1; empty for a test that was read from a file or put together from others
   */
  public OptionalDouble waiting() {
    double share = record.facts().waiting();
    return Double.isNaN(share) ? OptionalDouble.empty() : OptionalDouble.of(share);
  }

  /**
   * The same under another name.
   *
   * @param name what was tested, in the caller's words
   * @return a new result
   */
  public Evaluation named(String name) {
    return new Evaluation(record.with(record.facts().named(name)));
  }

  /**
   * Name, protocol, arithmetic, and both errors; and that it waited for images, if it did so for
   * long.
   */
  @Override
  public String toString() {
    return EvaluationText.of(record);
  }
}
