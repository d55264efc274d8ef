package verydeep.weights;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.classification.ClassifiedImages;
import verydeep.classification.Classifier;
import verydeep.classification.ClassifierBuilder;
import verydeep.data.ImageFiles;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;
import verydeep.internal.files.NetworkText;
import verydeep.internal.files.Safetensors;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/**
 * A network with its weights and everything testing needs: class names, preprocessing, the training
 * scale, and provenance. It is written as a safetensors file with all of this in its metadata;
 * files of many other tools can be read too.
 *
 * <p>There is no ONNX export: it would need ONNX's schema and protobuf for a single writer, while
 * two lines load the file into torchvision (see {@link #write(Path)}), from which {@code
 * torch.onnx.export} exports it.
 */
public final class Checkpoint {

  private final Parameters parameters;
  private final List<String> classes;
  private final Preprocessing preprocessing;
  private final TrainingScale trainingScale;
  private final Provenance provenance;

  private Checkpoint(
      Parameters parameters,
      List<String> classes,
      Preprocessing preprocessing,
      TrainingScale trainingScale,
      Provenance provenance) {
    this.parameters = Objects.requireNonNull(parameters, "parameters");
    this.classes = List.copyOf(classes);
    this.preprocessing = Objects.requireNonNull(preprocessing, "preprocessing");
    this.trainingScale = trainingScale;
    this.provenance = Objects.requireNonNull(provenance, "provenance");
    if (this.classes.size() != network().classes()) {
      throw new VerydeepException(
          "Network "
              + network().label()
              + " has "
              + network().classes()
              + " classes, but "
              + this.classes.size()
              + " names were given.");
    }
  }

  /**
   * Creates a checkpoint.
   *
   * @param parameters the weights and their network
   * @param classes the names of the classes in the order of fc8's units; empty for a network with
   *     convolutions only
   * @param preprocessing how an image becomes the network's input
   * @param provenance where the weights came from
   * @return the checkpoint
   * @throws VerydeepException if the number of names is not the number of classes
   */
  public static Checkpoint of(
      Parameters parameters,
      List<String> classes,
      Preprocessing preprocessing,
      Provenance provenance) {
    return new Checkpoint(parameters, classes, preprocessing, null, provenance);
  }

  /** Returns a checkpoint of other weights that otherwise says the same. */
  Checkpoint with(Parameters parameters, List<String> classes, Provenance provenance) {
    return new Checkpoint(parameters, classes, preprocessing, trainingScale, provenance);
  }

  /**
   * Returns the same checkpoint with the scale S it was trained at, from which testing derives its
   * scale Q.
   *
   * @param scale S in pixels, fixed or jittered
   * @return a new checkpoint
   */
  public Checkpoint withTrainingScale(TrainingScale scale) {
    return new Checkpoint(parameters, classes, preprocessing, scale, provenance);
  }

  /**
   * Returns the same checkpoint with another provenance.
   *
   * @param provenance where the weights came from
   * @return a new checkpoint
   */
  public Checkpoint withProvenance(Provenance provenance) {
    return new Checkpoint(parameters, classes, preprocessing, trainingScale, provenance);
  }

  /**
   * Returns the same checkpoint with other class names, for a file that has none.
   *
   * @param classes the names in the order of fc8's units
   * @return a new checkpoint
   * @throws VerydeepException if the number of names is not the number of classes
   */
  public Checkpoint withClassNames(List<String> classes) {
    return new Checkpoint(parameters, classes, preprocessing, trainingScale, provenance);
  }

  /**
   * Returns the same checkpoint with another preprocessing, in case the one assumed from a file's
   * origin is wrong: many formats do not state it.
   *
   * @param preprocessing how an image becomes the network's input
   * @return a new checkpoint
   */
  public Checkpoint withPreprocessing(Preprocessing preprocessing) {
    return new Checkpoint(parameters, classes, preprocessing, trainingScale, provenance);
  }

  /**
   * Reads the weights of a VGG network in any supported format, which is recognized by the file's
   * content rather than its name: safetensors, also in parts with an index, PyTorch's .pth (zip or
   * legacy stream), Caffe's .caffemodel, Keras's .h5 and .keras, NumPy's .npy and .npz, ONNX,
   * MatConvNet's .mat. A file written by {@link #write} states everything. For other files the
   * configuration, width and number of classes are recognized from the tensors' names and shapes,
   * the preprocessing is the usual one for that naming, and the provenance says what was
   * recognized, what was assumed and what was left out: {@code System.out.println(checkpoint)}.
   *
   * <p>Where the layers after the convolutions are not those of Table 1, the network ends with fc7
   * if fc6 and fc7 are, and otherwise with pool5. Whatever else a file holds, such as the state of
   * an optimizer, is not read, and nothing in it is ever executed.
   *
   * <p>The numbers stay in the file, which is mapped into memory, and are read as they are used.
   * The file must therefore not be changed in place while the checkpoint is in use: truncating it
   * leads to an InternalError of the JVM. Replacing it, as {@link #write} does, is harmless.
   *
   * @param file a path
   * @return the checkpoint
   * @throws FileException if the file cannot be read, is in none of these formats, is damaged, or
   *     holds several networks; the message names the file, the byte and the reason
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays
   *     set
   */
  public static Checkpoint read(Path file) {
    return CheckpointReader.read(file, null);
  }

  /**
   * Reads the weights of a VGG network.
   *
   * @param file a path
   * @return the checkpoint
   * @throws FileException as {@link #read(Path)}
   */
  public static Checkpoint read(String file) {
    return read(Path.of(file));
  }

  /**
   * Reads one of several networks in a file, such as the average of a training's weights beside the
   * last ones: {@code Checkpoint.read(file, "model_ema")}.
   *
   * @param file a path
   * @param network what the names of its tensors begin with, up to a dot; empty for tensors whose
   *     names begin with those of their layers. The message of {@link #read(Path)} lists the names
   * @return the checkpoint
   * @throws FileException as {@link #read(Path)}, and if there is no such network
   */
  public static Checkpoint read(Path file, String network) {
    return CheckpointReader.read(file, Objects.requireNonNull(network, "network"));
  }

  /**
   * Reads one of several networks in a file.
   *
   * @param file a path
   * @param network its name, as for {@link #read(Path, String)}
   * @return the checkpoint
   * @throws FileException as {@link #read(Path, String)}
   */
  public static Checkpoint read(String file, String network) {
    return read(Path.of(file), network);
  }

  /**
   * Writes the checkpoint to a temporary file next to the target, forces it to disk, and renames
   * it, so that no reader ever sees a partial file, even after a crash.
   *
   * <p>It is a safetensors file, which Python's {@code safetensors} reads. Its tensors are in
   * torchvision's order, so that this loads D into torchvision's {@code vgg16} (A, B and E into
   * {@code vgg11}, {@code vgg13}, {@code vgg19}, and likewise {@code _bn}); images must still be
   * preprocessed as for this checkpoint:
   *
   * <pre class="python">{@code
   * keys = [key for key in net.state_dict() if "num_batches" not in key]  # net = vgg16()
   * net.load_state_dict(dict(zip(keys, load_file("d.safetensors").values())), strict=False)
   * }</pre>
   *
   * @param file a path; missing folders are created
   * @return the path
   * @throws FileException if it cannot be written; an existing file is then left untouched
   */
  public Path write(Path file) {
    var tensors = new LinkedHashMap<String, Tensor>();
    parameters.names().forEach(name -> tensors.put(name, parameters.get(name)));
    Map<String, String> texts =
        NetworkText.write(network(), classes, preprocessing, trainingScale, provenance.facts());
    new Safetensors(texts, tensors).write(file);
    return file;
  }

  /**
   * Writes the checkpoint.
   *
   * @param file a path
   * @return the path
   * @throws FileException as {@link #write(Path)}
   */
  public Path write(String file) {
    return write(Path.of(file));
  }

  /**
   * Returns the same network for other classes: fc8 is drawn again with the network's
   * initialization, and all other weights are kept. Training then names the classes.
   *
   * <pre>{@code
   * var run = Training.from(checkpoint.withNewFc8(10), images.split(0.8, 1)).freezeThrough("pool5").run();
   * }</pre>
   *
   * @param classes the number of classes
   * @return a new checkpoint, with classes named 1, 2, ...
   * @throws VerydeepException if the network has no fully connected layers
   */
  public Checkpoint withNewFc8(int classes) {
    return OtherClassifier.withNewFc8(this, classes);
  }

  /**
   * Starts the settings of a classifier, for many images or other views than the usual ones. Open
   * it to keep the weights loaded.
   *
   * <pre>{@code
   * try (var classifier = checkpoint.classifier().centerCrop().open()) {
   *   System.out.println(classifier.classify("cat.jpg"));
   * }
   * }</pre>
   *
   * @return a builder
   * @throws VerydeepException if the network has no fc8
   */
  public ClassifierBuilder classifier() {
    ClassifierBuilder builder = Classifier.of(parameters, classes, preprocessing);
    return trainingScale == null ? builder : builder.trainedAt(trainingScale);
  }

  /**
   * Classifies a file as a test does by default: densely, with its flip, at the middle of the
   * scales that the network was trained at. The weights are loaded for this image alone; {@link
   * #classifier()} keeps them.
   *
   * @param file an image
   * @return the answer: {@code checkpoint.classify("cat.jpg").top(5)}
   * @throws VerydeepException if the network has no fc8
   * @throws verydeep.data.UnreadableImageException if the file is missing, damaged or no image
   */
  public Classification classify(Path file) {
    return classifier().classify(file);
  }

  /**
   * Classifies a file.
   *
   * @param file as {@link #classify(Path)}
   * @return the answer
   */
  public Classification classify(String file) {
    return classify(Path.of(file));
  }

  /**
   * Classifies an image as {@link #classify(Path)} does a file.
   *
   * @param image the image
   * @return the answer
   */
  public Classification classify(RgbImage image) {
    return classifier().classify(image);
  }

  /**
   * Classifies files as {@link #classify(Path)} does one, with progress; those that cannot be read
   * are left out and listed.
   *
   * @param files any number of files: {@code ImageFiles.in("photos")}
   * @return the answers
   */
  public ClassifiedImages classify(ImageFiles files) {
    try (Classifier classifier = classifier().openFor(files.size())) {
      return ClassifiedImages.of(classifier, files).run();
    }
  }

  /**
   * Returns the network's convolutions alone, for features, or as the beginning of another network.
   *
   * @return a new checkpoint that ends with pool5, without classes; this one if it ends there
   */
  public Checkpoint convolutions() {
    return network().convolutionsOnly() ? this : OtherClassifier.none(this, "left out");
  }

  /**
   * Returns the network.
   *
   * @return the network
   */
  public Vgg network() {
    return parameters.network();
  }

  /**
   * Returns the weights.
   *
   * @return the weights
   */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Returns the names of the classes in the order of fc8's units.
   *
   * @return the names; none for a network with convolutions only
   */
  public List<String> classNames() {
    return classes;
  }

  /**
   * Returns how an image becomes the network's input.
   *
   * @return the preprocessing
   */
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /**
   * Returns the scale S the network was trained at (section 3.1).
   *
   * @return S; empty if unknown
   */
  public Optional<TrainingScale> trainingScale() {
    return Optional.ofNullable(trainingScale);
  }

  /**
   * Returns where the weights came from.
   *
   * @return the facts
   */
  public Provenance provenance() {
    return provenance;
  }

  /** Returns the headline and the provenance. */
  @Override
  public String toString() {
    return "Checkpoint of VGG "
        + network().label()
        + ", "
        + classes.size()
        + " classes"
        + (provenance.facts().isEmpty() ? "" : "\n" + provenance);
  }
}
