package verydeep.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.cpu.Arithmetic;
import verydeep.data.RgbImage;
import verydeep.inspection.Attribution;
import verydeep.weights.Provenance;

/**
 * A linear decision per class on the features of a network (appendix B): for images of one class
 * each or of several.
 */
abstract sealed class LinearClassifier permits LinearSvm, MultiLabelSvm {

  /** The fact that tells on how many images the cost C rests. */
  static final String CHOSEN_ON = "cost chosen on";

  private final SvmModel model;
  private final String kind;

  /** With what its files say that they hold. */
  LinearClassifier(SvmModel model, String kind) {
    this.model = model;
    this.kind = kind;
  }

  final SvmModel model() {
    return model;
  }

  /**
   * The names of the classes.
   *
   * @return the names
   */
  public List<String> classes() {
    return model.planes().classes();
  }

  /**
   * The cost C of a violated margin.
   *
   * @return the value that was given or chosen
   */
  public double cost() {
    return model.planes().cost();
  }

  /**
   * The decision values of a vector.
   *
   * @param vector as long as those that the classifier was trained on
   * @return one number per class, above 0 if it is more likely that class than the rest
   * @throws VerydeepException if the vector is of another length
   */
  public float[] decide(float[] vector) {
    return model.planes().decide(vector);
  }

  /**
   * Classifies a file. The network is loaded for this image alone, with the arithmetic that pays
   * for one; {@link #open()} keeps it.
   *
   * @param file an image
   * @return the answer, in decision values
   * @throws VerydeepException if the network is not known: the features came from a file, or this
   *     classifier was written without it
   * @throws verydeep.data.UnreadableImageException if the file is missing, damaged or no image
   */
  public Classification classify(Path file) {
    try (Classifier classifier = model.open(1)) {
      return classifier.classify(file);
    }
  }

  /**
   * Classifies a file.
   *
   * @param file as {@link #classify(Path)}
   * @return the answer, in decision values
   */
  public Classification classify(String file) {
    return classify(Path.of(file));
  }

  /**
   * Loads the network, to classify many images by the fastest arithmetic of this machine.
   *
   * @return the classifier, which the caller closes
   * @throws VerydeepException if the network is not known
   */
  public Classifier open() {
    return model.open(Double.POSITIVE_INFINITY);
  }

  /**
   * Loads the network.
   *
   * @param arithmetic of the forward passes
   * @return the classifier, which the caller closes
   * @throws VerydeepException if the network is not known, or the arithmetic cannot run here
   */
  public Classifier open(Arithmetic arithmetic) {
    return model.open(Objects.requireNonNull(arithmetic, "arithmetic"));
  }

  /**
   * Shows where in an image the evidence for some classes lies. The features are activations
   * averaged over space, so that a decision value is a sum over places, and the offset: {@code
   * map.sum() + map.bias()} is {@code map.score()} up to rounding. Scales and flipped images lie
   * over each other, in the cells of the finest map.
   *
   * @param image the image
   * @param classes their names; if none is given, the three with the highest decision values
   * @return a map for each class, over the image
   * @throws VerydeepException if the network is not known, or there is no such class
   */
  public Attribution evidence(RgbImage image, String... classes) {
    return Evidence.of(model, Objects.requireNonNull(image, "image"), classes);
  }

  /**
   * Returns what it was trained on, and how it was tested as far as {@code withTest} said.
   *
   * @return the facts
   */
  public Provenance provenance() {
    return model.provenance();
  }

  /**
   * Writes the classifier with its network to one file, whole or not at all: the convolutions alone
   * where no fully connected layer is used.
   *
   * @param file a path; missing folders are created
   * @return the path
   * @throws VerydeepException if the network is not known
   * @throws verydeep.FileException if it cannot be written
   */
  public Path write(Path file) {
    SvmFile.write(file, kind, model, true);
    return file;
  }

  /**
   * Writes the classifier with its network to one file.
   *
   * @param file as {@link #write(Path)}
   * @return the path
   */
  public Path write(String file) {
    return write(Path.of(file));
  }

  /**
   * Writes the classifier to a small file that names its network by the hash of its weights, and
   * where it came from. Reading it then wants that network and no other.
   *
   * @param file a path; missing folders are created
   * @return the path
   * @throws VerydeepException if the network is not known
   * @throws verydeep.FileException if it cannot be written
   */
  public Path writeWithoutNetwork(Path file) {
    SvmFile.write(file, kind, model, false);
    return file;
  }

  /** Features, classes and cost, and on how many images it was chosen. */
  @Override
  public String toString() {
    String basis = model.provenance().facts().get(CHOSEN_ON);
    return model.planes() + ", C=" + cost() + (basis == null ? "" : ", chosen on " + basis);
  }
}
