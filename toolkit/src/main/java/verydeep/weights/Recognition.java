package verydeep.weights;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.Ilsvrc;
import verydeep.data.Preprocessing;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.WeightFile;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/**
 * Turns the tensors of a third-party file into a checkpoint by recognizing its network, input and
 * names.
 */
final class Recognition {

  private final WeightFile file;
  private final Map<String, WeightFile.Stored> tensors;

  private Recognition(WeightFile file) {
    this.file = file;
    this.tensors = LayerNames.unwrapped(file.tensors());
  }

  /**
   * Returns a file's network.
   *
   * @param file the file
   * @param name which one, if there are several; null for the only one
   */
  static Checkpoint of(WeightFile file, String name) throws Malformed {
    Recognition recognition = new Recognition(file);
    return recognition.checkpoint(recognition.chosen(name));
  }

  private NetworkSearch.Found chosen(String name) throws Malformed {
    List<NetworkSearch.Found> all = NetworkSearch.in(tensors);
    String names =
        LayerNames.quoted(all.stream().limit(20).map(NetworkSearch.Found::name).toList());
    if (name == null) {
      if (all.size() > 1) {
        throw new Malformed(
            offset(),
            "The file holds "
                + all.size()
                + " networks: "
                + names
                + ". Choose one by its name: Checkpoint.read(file, \""
                + all.get(0).name()
                + "\").");
      }
      return all.get(0);
    }
    return all.stream()
        .filter(found -> found.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Malformed(
                    offset(),
                    "The file holds no network named \"" + name + "\"; it has " + names + "."));
  }

  private Checkpoint checkpoint(NetworkSearch.Found found) throws Malformed {
    Candidate candidate = normalized(found);
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (Map.Entry<String, ParameterShape> name : candidate.names().entrySet()) {
      named.put(name.getValue().name(), fitted(found, name.getKey(), name.getValue()));
    }
    Head head = Head.of(candidate, found.tensors());
    head.tensors().forEach((name, stored) -> named.put(name, stored.tensor()));
    Vgg network = Measures.of(named).build(candidate.network());
    Parameters parameters;
    try {
      parameters = Parameters.of(network, named);
    } catch (VerydeepException e) {
      throw new Malformed(offset(), e.getMessage());
    }
    AuthorsFilters authors = AuthorsFilters.in(parameters);
    Preprocessing input =
        authors != AuthorsFilters.NONE
            ? authors.preprocessing()
            : file.facts().containsKey(MatFile.RGB)
                ? AuthorsFilters.RGB.preprocessing()
                : candidate.naming().preprocessing();
    Provenance facts =
        new RecognizedFacts(file, found, head, doubt(found, candidate))
            .provenance(network, authors, beside(found));
    Checkpoint whole = Checkpoint.of(parameters, classes(network), input, facts);
    if (head.reachesFc7() && lacksClassifier(parameters)) {
      return OtherClassifier.none(
          whole, "left out: no weight of fc6, fc7 and fc8 is a finite number");
    }
    return whole;
  }

  /**
   * Returns whether the classifier is missing, as in the authors' D that torchvision publishes for
   * its features alone.
   */
  private static boolean lacksClassifier(Parameters parameters) {
    return parameters.names().stream()
        .filter(name -> name.startsWith("fc") && name.endsWith("weight"))
        .allMatch(name -> hasNoNumber(parameters.get(name).values()));
  }

  private static boolean hasNoNumber(FloatBuffer values) {
    for (int i = values.position(); i < values.limit(); i++) {
      if (Float.isFinite(values.get(i))) {
        return false; // all other files return here at the first number
      }
    }
    return true;
  }

  /** Returns A-LRN instead of A if the file says that it has local response normalization. */
  private Candidate normalized(NetworkSearch.Found found) throws Malformed {
    if (!file.facts().containsKey(CaffeModel.NORMALIZATION)) {
      return found.candidate();
    }
    return withNormalization(found)
        .orElseThrow(
            () ->
                new Malformed(
                    offset(),
                    "The file has local response normalization in a network other than A."));
  }

  private static Optional<Candidate> withNormalization(NetworkSearch.Found found) {
    return Candidate.values().stream()
        .filter(c -> c.network().configuration() == Configuration.A_LRN)
        .filter(c -> c.naming() == found.candidate().naming())
        .filter(c -> c.matches(found.tensors()))
        .findFirst();
  }

  /** Returns a tensor in this toolkit's shape: sizes of 1 are dropped. */
  private static Tensor fitted(NetworkSearch.Found found, String name, ParameterShape shape)
      throws Malformed {
    WeightFile.Stored stored = found.tensors().get(name);
    Tensor tensor = stored.tensor();
    List<Integer> sizes = tensor.sizes();
    int rank = shape.sizes().size();
    if (rank == sizes.size()) {
      return tensor;
    }
    if (rank == 1 && sizes.stream().filter(size -> size != 1).count() <= 1) {
      return tensor.reshape(List.of(tensor.size()));
    }
    throw new Malformed(
        stored.offset(), "Tensor " + found.prefix() + name + " has the shape " + sizes + ".");
  }

  private long offset() {
    return tensors.values().stream().mapToLong(WeightFile.Stored::offset).min().orElse(0);
  }

  private static List<String> classes(Vgg network) {
    return network.classes() == Ilsvrc.wnids().size()
        ? Ilsvrc.classes()
        : IntStream.range(0, network.classes()).mapToObj(i -> "class " + i).toList();
  }

  /** Returns the tensors that do not belong to the network, nor to what follows it. */
  private List<String> beside(NetworkSearch.Found found) {
    return tensors.keySet().stream().filter(name -> !found.has(name)).toList();
  }

  /**
   * Returns a remark if the file could also be A-LRN, whose parameters are A's; names that count
   * layers tell them apart.
   */
  private static String doubt(NetworkSearch.Found found, Candidate candidate) {
    boolean both =
        candidate.network().configuration() == Configuration.A
            && withNormalization(found).isPresent();
    return both ? "; could be A-LRN too, which has the same parameters" : "";
  }
}
