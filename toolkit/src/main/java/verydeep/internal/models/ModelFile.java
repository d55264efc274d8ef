package verydeep.internal.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NetworkText;
import verydeep.internal.files.TensorFile;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/**
 * A file of something trained on networks: a safetensors file with its own texts and arrays, and
 * the networks, each whole or as the hash of its weights.
 */
public final class ModelFile {

  /** The kinds of files. */
  public static final String LINEAR_SVM = "linear SVM";

  public static final String MULTI_LABEL_SVM = "multi-label linear SVM";
  public static final String DENSE_LOCALIZER = "dense localizer";
  public static final String NETWORK_TEST = "test of a network";
  public static final String FEATURE_EXTRACTOR = "feature extractor";

  private static final int MOST_NETWORKS = 100;

  private final TensorFile content;
  private final List<Needed> networks;

  private ModelFile(TensorFile content, List<Needed> networks) {
    this.content = content;
    this.networks = networks;
  }

  /**
   * A network that the file's content needs.
   *
   * @param checkpoint the network; null if the file has only its hash
   * @param hash of its weights
   * @param description its name and where it came from, for messages
   */
  public record Needed(Checkpoint checkpoint, String hash, String description) {

    /**
     * Returns the same with the network, which is checked to be the right one.
     *
     * @throws VerydeepException if its weights are others
     */
    Needed given(Checkpoint other) {
      String found = WeightsHash.of(other.parameters());
      if (!found.equals(hash)) {
        throw new VerydeepException(
            "This is another network: VGG %s, whose weights have the SHA-256 %s. Needed is %s"
                    .formatted(other.network().label(), found, description)
                + ", whose weights have "
                + hash
                + ".");
      }
      return new Needed(other, hash, description);
    }
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @param file the file
   * @param kind what it holds, such as {@code linear SVM}
   * @param texts its texts by name, none of which begins with "network"
   * @param tensors its arrays by name
   * @param networks what it needs
   * @param whole whether their weights are written too, or only the hash
   * @throws FileException if it cannot be written
   */
  public static void write(
      Path file,
      String kind,
      Map<String, String> texts,
      Map<String, Tensor> tensors,
      List<Checkpoint> networks,
      boolean whole) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", NetworkText.MODEL);
    metadata.put("kind", kind);
    metadata.putAll(texts);
    metadata.put("networks", String.valueOf(networks.size()));
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    Map<String, Tensor> all = new LinkedHashMap<>(tensors);
    for (int i = 0; i < networks.size(); i++) {
      Checkpoint network = networks.get(i);
      String prefix = prefix(i);
      NetworkText.write(
              network.network(),
              network.classNames(),
              network.preprocessing(),
              network.trainingScale().orElse(null),
              network.provenance().facts())
          .forEach((name, text) -> metadata.put(prefix + name, text));
      metadata.put(prefix + "sha256", WeightsHash.of(network.parameters()));
      metadata.put(prefix + "weights", whole ? "here" : "elsewhere");
      if (whole) {
        Parameters parameters = network.parameters();
        parameters.names().forEach(name -> all.put(prefix + name, parameters.get(name)));
      }
    }
    all.forEach((name, tensor) -> shapes.put(name, tensor.sizes()));
    TensorFile.write(file, metadata, shapes, all::get);
  }

  private static String prefix(int network) {
    return "network " + (network + 1) + " ";
  }

  /**
   * Reads a file and interprets it.
   *
   * @param file a file
   * @param kinds what it may hold
   * @param model interprets the content; if it throws, the file is damaged
   * @param <T> the type of the result
   * @return the interpreted content
   * @throws FileException if it cannot be read, is damaged, or holds something else
   */
  public static <T> T read(Path file, List<String> kinds, Function<ModelFile, T> model) {
    TensorFile read =
        TensorFile.read(file, NetworkText.MODEL, "a " + String.join(" or ", kinds), f -> f);
    String kind = read.metadata().get("kind");
    if (kind != null && !kinds.contains(kind)) {
      throw new FileException(
          file, "It holds a %s, not a %s.".formatted(kind, String.join(" or a ", kinds)));
    }
    return read.as(
        file,
        content -> {
          content.text("kind");
          return model.apply(new ModelFile(content, networks(content)));
        });
  }

  /**
   * Returns what a file holds, without interpreting it.
   *
   * @param file a file
   * @return such as {@code linear SVM}; empty if it is no such file, whatever else it is
   */
  public static String kind(Path file) {
    try {
      Map<String, String> metadata = TensorFile.read(file).metadata();
      return NetworkText.MODEL.equals(metadata.get("format"))
          ? metadata.getOrDefault("kind", "")
          : "";
    } catch (FileException e) {
      return "";
    }
  }

  private static List<Needed> networks(TensorFile content) {
    int count = Integer.parseInt(content.text("networks"));
    if (count < 0 || count > MOST_NETWORKS) {
      throw new VerydeepException("It claims to need " + count + " networks.");
    }
    List<Needed> networks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      networks.add(network(content, prefix(i)));
    }
    return List.copyOf(networks);
  }

  private static Needed network(TensorFile content, String prefix) {
    Map<String, String> texts = new LinkedHashMap<>();
    content
        .metadata()
        .forEach(
            (name, text) -> {
              if (name.startsWith(prefix)) {
                texts.put(name.substring(prefix.length()), text);
              }
            });
    try {
      Vgg vgg = NetworkText.network(texts);
      Provenance provenance = new Provenance(NetworkText.provenance(texts));
      String source = provenance.facts().getOrDefault("source", "");
      String description = "VGG " + vgg.label() + (source.isEmpty() ? "" : " from " + source);
      String hash = content.text(prefix + "sha256");
      if (!content.text(prefix + "weights").equals("here")) {
        return new Needed(null, hash, description);
      }
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (ParameterShape shape : vgg.parameterShapes()) {
        Tensor tensor = content.tensors().get(prefix + shape.name());
        if (tensor != null) {
          tensors.put(shape.name(), tensor);
        }
      }
      Checkpoint checkpoint =
          Checkpoint.of(
              Parameters.of(vgg, tensors),
              NetworkText.classes(texts),
              NetworkText.preprocessing(texts),
              provenance);
      return new Needed(
          NetworkText.trainingScale(texts).map(checkpoint::withTrainingScale).orElse(checkpoint),
          hash,
          description);
    } catch (Malformed e) {
      throw new VerydeepException("In " + prefix.strip() + ": " + e.getMessage(), e);
    }
  }

  /** {@return all texts by name} */
  public Map<String, String> texts() {
    return content.metadata();
  }

  /**
   * Returns a required text.
   *
   * @throws IllegalArgumentException if it is missing
   */
  public String text(String name) {
    return content.text(name);
  }

  /** {@return an array; null if it is missing} */
  public Tensor tensor(String name) {
    return content.tensors().get(name);
  }

  /** {@return the networks that it needs} */
  public List<Needed> networks() {
    return networks;
  }

  /**
   * Checks that networks which a file lacks are the ones that it needs.
   *
   * @param needed those of a file
   * @param given a network for each, in order
   * @return the networks that were given
   * @throws VerydeepException if there are more or fewer, or one has other weights
   */
  public static List<Checkpoint> given(List<Needed> needed, List<Checkpoint> given) {
    if (needed.size() != given.size()) {
      throw new VerydeepException(
          "%d networks were given; %d are needed: %s."
              .formatted(
                  given.size(),
                  needed.size(),
                  String.join(", ", needed.stream().map(Needed::description).toList())));
    }
    List<Checkpoint> checked = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      checked.add(needed.get(i).given(given.get(i)).checkpoint());
    }
    return List.copyOf(checked);
  }
}
