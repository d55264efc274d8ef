package verydeep.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import verydeep.VerydeepException;
import verydeep.data.TestViews;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.internal.models.ModelFile;
import verydeep.weights.Checkpoint;

/**
 * A linear support vector machine on features, one class against the rest (appendix B):
 * LIBLINEAR's, L2-regularized, with squared hinge loss.
 *
 * <pre>{@code
 * var svm = LinearSvm.of(trainingFeatures).run();
 * System.out.println(svm.test(testFeatures));
 * svm.write("target/svm.safetensors"); // with its network
 * System.out.println(LinearSvm.read("target/svm.safetensors").classify("cat.jpg"));
 * }</pre>
 */
public final class LinearSvm extends LinearClassifier {

  LinearSvm(SvmModel model) {
    super(model, ModelFile.LINEAR_SVM);
  }

  /**
   * Starts the training of a classifier.
   *
   * @param features vectors with their classes; at least two classes need images
   * @return a builder
   */
  public static LinearSvmBuilder of(Features features) {
    return new LinearSvmBuilder(features, SvmSettings.DEFAULT);
  }

  /**
   * Tests the classifier.
   *
   * @param test features of other images, extracted in the same way
   * @return the result; its scores are decision values
   * @throws VerydeepException if the classes, layer, network or protocol are not those of the
   *     training
   */
  public Evaluation test(Features test) {
    return test(model().planes(), test);
  }

  static Evaluation test(Hyperplanes planes, Features test) {
    long start = System.nanoTime();
    List<float[]> values = planes.decide(test, test.classes());
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < test.size(); i++) {
      predictions.add(new Prediction(test.file(i), test.label(i), values.get(i)));
    }
    double seconds = test.seconds() + (System.nanoTime() - start) / 1e9;
    String name = "linear SVM on " + test.network();
    TestViews views = test.facts().views();
    return views == null
        ? new Evaluation(name, test.protocol(), planes.classes(), predictions, seconds)
        : new Evaluation(name, views, planes.classes(), predictions, seconds);
  }

  /** The same classifier with what its cost was chosen on. */
  LinearSvm chosen(CostChoice choice) {
    return new LinearSvm(model().with(CHOSEN_ON, choice.basis()));
  }

  /**
   * Returns the same classifier with the result of its test, which is then written with it.
   *
   * @param test a result of {@link #test(Features)}, with images that it was not trained on
   * @return a new classifier
   */
  public LinearSvm withTest(Evaluation test) {
    return new LinearSvm(
        model()
            .with(
                "test error",
                test.errors().top1() + " of " + test.predictions().size() + " images"));
  }

  /**
   * Reads a classifier that {@link #write(Path)} wrote.
   *
   * @param file a path
   * @param networks none if they are in the file; else those that it was trained on, in order
   * @return the classifier, whose answers have the bits that they had before
   * @throws verydeep.FileException if it cannot be read, is damaged, or holds something else
   * @throws VerydeepException if a network is not the one that it was trained on
   */
  public static LinearSvm read(Path file, Checkpoint... networks) {
    SvmModel model = SvmFile.read(file, ModelFile.LINEAR_SVM);
    return new LinearSvm(networks.length == 0 ? model : model.withNetworks(List.of(networks)));
  }

  /**
   * Reads a classifier.
   *
   * @param file as {@link #read(Path, Checkpoint...)}
   * @param networks none if they are in the file
   * @return the classifier
   */
  public static LinearSvm read(String file, Checkpoint... networks) {
    return read(Path.of(file), networks);
  }
}
