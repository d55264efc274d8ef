package verydeep.classification;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.network.Parameters;

/**
 * Gives a score for each class to any image: a network, a linear SVM on a network's features, or
 * the mean of several of them. It holds memory until it is closed, and any number of threads may
 * call it; an answer never depends on what else is being asked. {@link ClassifiedImages} asks it
 * about a whole folder.
 *
 * <pre>{@code
 * try (var classifier = checkpoint.classifier().dense().scales(64, 80).open()) {
 *   System.out.println(classifier.classify("cat.jpg"));
 * }
 * }</pre>
 */
public interface Classifier extends AutoCloseable {

  /**
   * Knows the kinds of files that hold a classifier. It is found by {@link ServiceLoader}, because
   * classifiers lie below the packages whose files these are.
   */
  interface Files {

    /**
     * Reads a file.
     *
     * @param file a file
     * @return the classifier in it, open
     * @throws verydeep.FileException if it cannot be read, is damaged, or holds no classifier
     */
    Classifier read(Path file);
  }

  /** {@return the names of the classes, in the order of the scores} */
  List<String> classNames();

  /** {@return what the scores are} */
  Classification.Kind kind();

  /** {@return what classifies and how, such as {@code VGG D, dense, Q=256, flipped}} */
  String name();

  /** {@return what does the arithmetic, such as {@code DJL's PyTorch}} */
  String arithmetic();

  /**
   * Returns what tells this classifier from others, so that a run that was stopped does not go on
   * with another one.
   *
   * @return the name and a checksum of the weights, where there are any
   */
  default String fingerprint() {
    return name();
  }

  /** {@return the memory that the weights take, in bytes; 0 once it is closed} */
  long bytes();

  /**
   * Classifies an image.
   *
   * @param image the image
   * @param name what the answer and messages call it
   * @return the answer
   * @throws VerydeepException if the image is too small or too long for the network, or the
   *     classifier is closed
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; its interrupt
   *     flag stays set
   */
  Classification classify(RgbImage image, String name);

  /**
   * Classifies an image.
   *
   * @param image the image
   * @return the answer
   */
  default Classification classify(RgbImage image) {
    return classify(image, "image of %d x %d".formatted(image.width(), image.height()));
  }

  /**
   * Classifies a file.
   *
   * @param file an image in a format that {@link RgbImage#read(Path)} reads
   * @return the answer
   * @throws verydeep.data.UnreadableImageException if it is missing, damaged or no image
   */
  default Classification classify(Path file) {
    return classify(RgbImage.read(file), file.toString()).in(file);
  }

  /**
   * Classifies a file.
   *
   * @param file an image in a format that {@link RgbImage#read(Path)} reads
   * @return the answer
   * @throws verydeep.data.UnreadableImageException if it is missing, damaged or no image
   */
  default Classification classify(String file) {
    return classify(Path.of(file));
  }

  /**
   * Classifies a Java image.
   *
   * @param image an image of any type; alpha is dropped
   * @return the answer
   */
  default Classification classify(BufferedImage image) {
    return classify(RgbImage.of(image));
  }

  /**
   * Classifies the content of a file.
   *
   * @param file the bytes of an image file
   * @return the answer
   * @throws verydeep.data.UnreadableImageException if they are damaged or no image
   */
  default Classification classify(byte[] file) {
    return classify(RgbImage.read(file));
  }

  /**
   * Classifies the content of a stream, such as an upload.
   *
   * @param in the bytes of an image file; read to the end and not closed
   * @return the answer
   * @throws verydeep.data.UnreadableImageException if they are damaged or no image
   */
  default Classification classify(InputStream in) {
    return classify(RgbImage.read(in));
  }

  /**
   * Starts the settings of a network's classifier.
   *
   * @param parameters the weights and their network
   * @param classNames the names of the classes
   * @param preprocessing how an image becomes the network's input
   * @return a builder; {@code checkpoint.classifier()} is the same for a checkpoint
   * @throws VerydeepException if the network has no fc8
   */
  static ClassifierBuilder of(
      Parameters parameters, List<String> classNames, Preprocessing preprocessing) {
    return new ClassifierBuilder(parameters, classNames, preprocessing);
  }

  /**
   * Averages the scores of several classifiers, which usually err less often than the best of them
   * (section 4.5).
   *
   * @param classifiers one or more with the same classes, whose scores are of one kind; they are
   *     closed with their mean
   * @return the mean
   * @throws VerydeepException if their classes or the kinds of their scores differ
   */
  static Classifier mean(Classifier... classifiers) {
    return new MeanClassifier(Arrays.asList(classifiers));
  }

  /**
   * Reads a classifier from a file, whichever kind it is: a checkpoint in any format that {@code
   * Checkpoint.read} reads, which is then asked by its default views, or an SVM with its network.
   *
   * @param file a file
   * @return the classifier
   * @throws verydeep.FileException if it cannot be read, is damaged, or holds no classifier
   */
  static Classifier read(Path file) {
    for (Files files : ServiceLoader.load(Files.class, Classifier.class.getClassLoader())) {
      return files.read(file);
    }
    throw new VerydeepException(
        "No reader of classifiers is on the class path: the toolkit's META-INF/services is"
            + " missing. Merge such files when jars are merged into one.");
  }

  /**
   * Reads a classifier from a file.
   *
   * @param file as {@link #read(Path)}
   * @return the classifier
   * @throws verydeep.FileException if it cannot be read, is damaged, or holds no classifier
   */
  static Classifier read(String file) {
    return read(Path.of(file));
  }

  /** Releases the memory, once the images being classified are done. */
  @Override
  void close();
}
