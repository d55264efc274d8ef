package verydeep.weights;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;
import verydeep.internal.files.Safetensors;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/**
 * A network with its weights and all that testing needs: class names, preprocessing, the scale that
 * it was trained at, and where it came from. Written, it is a safetensors file with that in its
 * metadata; read are the files of PyTorch, Caffe and Keras too.
 *
 * <p>There is no export to ONNX: it would need ONNX's schema and protobuf for one writer, and the
 * file goes into torchvision by two lines (see {@link #write(Path)}), from where {@code
 * torch.onnx.export} does it.
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
              + " classes; "
              + this.classes.size()
              + " names were given.");
    }
  }

  /**
   * Puts a checkpoint together.
   *
   * @param parameters the weights and their network
   * @param classes the names of the classes in the order of fc8's units; empty for convolutions
   *     only
   * @param preprocessing how an image becomes the network's input
   * @param provenance where the weights came from
   * @return the checkpoint
   * @throws VerydeepException if there are not as many names as classes
   */
  public static Checkpoint of(
      Parameters parameters,
      List<String> classes,
      Preprocessing preprocessing,
      Provenance provenance) {
    return new Checkpoint(parameters, classes, preprocessing, null, provenance);
  }

  /**
   * The same with the scale S that it was trained at, from which testing takes its scale Q.
   *
   * @param scale S in pixels, fixed or jittered
   * @return a new checkpoint
   */
  public Checkpoint withTrainingScale(TrainingScale scale) {
    return new Checkpoint(parameters, classes, preprocessing, scale, provenance);
  }

  /**
   * The same network with another account of where it came from.
   *
   * @param provenance the account
   * @return a new checkpoint
   */
  public Checkpoint withProvenance(Provenance provenance) {
    return new Checkpoint(parameters, classes, preprocessing, trainingScale, provenance);
  }

  /**
   * The same with other names of the classes, for a file that has none.
   *
   * @param classes in the order of fc8's units
   * @return a new checkpoint
   * @throws VerydeepException if there are not as many names as classes
   */
  public Checkpoint withClassNames(List<String> classes) {
    return new Checkpoint(parameters, classes, preprocessing, trainingScale, provenance);
  }

  /**
   * The same with another preprocessing, where that of a file's origin is not the right one: many
   * formats do not say it.
   *
   * @param preprocessing how an image becomes the network's input
   * @return a new checkpoint
   */
  public Checkpoint withPreprocessing(Preprocessing preprocessing) {
    return new Checkpoint(parameters, classes, preprocessing, trainingScale, provenance);
  }

  /**
   * Reads weights of a VGG network, whoever wrote them. The format is recognized by the file's
   * content, not by its name: safetensors, PyTorch's .pth (zip or legacy stream), Caffe's
   * .caffemodel, Keras's .h5. Of a file that {@link #write} wrote all is known; of others the
   * configuration, width and number of classes are recognized by the tensors' names and shapes, the
   * preprocessing is that of the names' origin, and the provenance says what was recognized and
   * what assumed: {@code System.out.println(checkpoint)}.
   *
   * <p>Numbers stay in the file, which is mapped into memory, and are read as they are used. So it
   * must not be changed in place as long as the checkpoint is used: a truncated one ends in an
   * InternalError of the JVM. Replacing it, as {@link #write} does, is harmless.
   *
   * @param file a path
   * @return the checkpoint
   * @throws FileException if the file cannot be read, is none of these, or is damaged; the message
   *     names the file, the byte and the reason
   */
  public static Checkpoint read(Path file) {
    return FileFormat.read(file);
  }

  /**
   * Reads weights of a VGG network.
   *
   * @param file a path
   * @return the checkpoint
   * @throws FileException as {@link #read(Path)}
   */
  public static Checkpoint read(String file) {
    return read(Path.of(file));
  }

  /**
   * Writes the checkpoint: to a temporary file beside it, forced to the disk, then renamed, so that
   * no reader and no crash ever sees a part of it.
   *
   * <p>It is a safetensors file, which Python's {@code safetensors} reads. Its tensors stand in the
   * order of torchvision's, so that this loads D into torchvision's {@code vgg16} (A, B and E into
   * {@code vgg11}, {@code vgg13}, {@code vgg19}, and likewise {@code _bn}); the image's
   * preprocessing stays this checkpoint's:
   *
   * <pre class="python">{@code
   * keys = [key for key in net.state_dict() if "num_batches" not in key]  # net = vgg16()
   * net.load_state_dict(dict(zip(keys, load_file("d.safetensors").values())), strict=False)
   * }</pre>
   *
   * @param file a path; folders on the way are made
   * @return the path
   * @throws FileException if it cannot be written; what stood there before still stands
   */
  public Path write(Path file) {
    var tensors = new LinkedHashMap<String, Tensor>();
    parameters.names().forEach(name -> tensors.put(name, parameters.get(name)));
    new Safetensors(CheckpointMetadata.write(this), tensors).write(file);
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
   * The same network for other classes: fc8 is drawn anew by the network's initialization, all
   * other weights stay. A training then gives the classes their names.
   *
   * <pre>{@code
   * var run = Training.from(checkpoint.withNewFc8(10), images.split(0.8, 1)).freezeThrough("pool5").run();
   * }</pre>
   *
   * @param classes how many
   * @return a new checkpoint, its classes named 1, 2, ...
   * @throws VerydeepException if the network has no fully connected layers
   */
  public Checkpoint withNewFc8(int classes) {
    if (network().convolutionsOnly()) {
      throw new VerydeepException(
          "Network "
              + network().label()
              + " has no fc8 to replace; build a network with a classifier and start its training"
              + " from this one's layers.");
    }
    Vgg network = network().with().classes(classes).build();
    var tensors = new LinkedHashMap<String, Tensor>();
    for (ParameterShape shape : network.parameterShapes()) {
      tensors.put(
          shape.name(),
          shape.layer().equals("fc8")
              ? network.initialization().draw(shape, 0)
              : parameters.get(shape.name()));
    }
    List<String> names = IntStream.rangeClosed(1, classes).mapToObj(String::valueOf).toList();
    return new Checkpoint(
        Parameters.of(network, tensors),
        names,
        preprocessing,
        trainingScale,
        provenance.with("fc8", "drawn anew for " + classes + " classes"));
  }

  /**
   * The network.
   *
   * @return the network
   */
  public Vgg network() {
    return parameters.network();
  }

  /**
   * The weights.
   *
   * @return the weights
   */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * The names of the classes in the order of fc8's units.
   *
   * @return the names; none for convolutions only
   */
  public List<String> classNames() {
    return classes;
  }

  /**
   * How an image becomes the network's input.
   *
   * @return the preprocessing
   */
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /**
   * The scale S that the network was trained at (section 3.1).
   *
   * @return S, or empty if it is not known
   */
  public Optional<TrainingScale> trainingScale() {
    return Optional.ofNullable(trainingScale);
  }

  /**
   * Where the weights came from.
   *
   * @return the facts
   */
  public Provenance provenance() {
    return provenance;
  }

  /** The headline and the provenance. */
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
