package verydeep.weights;

import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final String PARALLEL = "module.";
  private static final int MOST_FACTS = 10;
  private static final int LONGEST_FACT = 200;

  private final WeightFile file;
  private final Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();

  private Recognition(WeightFile file) {
    this.file = file;
    // the prefix PyTorch's DataParallel adds to each name
    boolean parallel = file.tensors().keySet().stream().allMatch(n -> n.startsWith(PARALLEL));
    file.tensors()
        .forEach((name, t) -> tensors.put(parallel ? name.substring(PARALLEL.length()) : name, t));
  }

  static Checkpoint of(WeightFile file) throws Malformed {
    return new Recognition(file).checkpoint();
  }

  private Checkpoint checkpoint() throws Malformed {
    Candidate found = candidate();
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (Map.Entry<String, ParameterShape> name : found.names().entrySet()) {
      named.put(name.getValue().name(), fitted(name.getKey(), name.getValue()));
    }
    Vgg network = Measures.of(named).build(found.network());
    Parameters parameters;
    try {
      parameters = Parameters.of(network, named);
    } catch (VerydeepException e) {
      throw new Malformed(offset(), e.getMessage());
    }
    AuthorsFilters authors = AuthorsFilters.in(parameters);
    Preprocessing input =
        authors == AuthorsFilters.NONE ? found.naming().preprocessing() : authors.preprocessing();
    Provenance facts = provenance(found, network, authors);
    if (!network.convolutionsOnly() && lacksClassifier(parameters)) {
      Vgg convolutions = network.with().convolutionsOnly().build();
      named.keySet().removeIf(name -> name.startsWith("fc"));
      return Checkpoint.of(
          Parameters.of(convolutions, named),
          List.of(),
          input,
          facts.with("classifier", "left out: no weight of fc6, fc7 and fc8 is a finite number"));
    }
    return Checkpoint.of(parameters, classes(network), input, facts);
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

  private Candidate candidate() throws Malformed {
    Candidate closest =
        Candidate.values().stream()
            .min(Comparator.comparingInt(candidate -> candidate.distance(tensors)))
            .orElseThrow();
    if (closest.distance(tensors) > 0) {
      throw new Malformed(
          offset(),
          "These are not the weights of a VGG network. " + closest.difference(tensors) + ".");
    }
    if (!file.facts().containsKey(CaffeModel.NORMALIZATION)) {
      return closest;
    }
    return Candidate.values().stream()
        .filter(c -> c.network().configuration() == Configuration.A_LRN)
        .filter(c -> c.distance(tensors) == 0)
        .findFirst()
        .orElseThrow(
            () ->
                new Malformed(
                    offset(),
                    "The file has local response normalization in a network other than A."));
  }

  /**
   * Returns a tensor in this toolkit's shape: sizes of 1 are dropped, and convolutions over a whole
   * map become rows.
   */
  private Tensor fitted(String name, ParameterShape shape) throws Malformed {
    WeightFile.Stored stored = tensors.get(name);
    Tensor tensor = stored.tensor();
    List<Integer> sizes = tensor.sizes();
    int rank = shape.sizes().size();
    if (rank == sizes.size()) {
      return tensor;
    }
    List<Integer> large = sizes.stream().filter(size -> size != 1).toList();
    if (rank == 1 && large.size() <= 1) {
      return tensor.reshape(List.of(tensor.size()));
    }
    if (rank == 2 && sizes.size() == 4) {
      boolean legacy = sizes.get(0) == 1 && sizes.get(1) == 1;
      int rows = sizes.get(legacy ? 2 : 0);
      return tensor.reshape(List.of(rows, rows == 0 ? 0 : tensor.size() / rows));
    }
    throw new Malformed(stored.offset(), "Tensor " + name + " has the shape " + sizes + ".");
  }

  private long offset() {
    return tensors.values().stream().mapToLong(WeightFile.Stored::offset).min().orElse(0);
  }

  private static List<String> classes(Vgg network) {
    return network.classes() == Ilsvrc.wnids().size()
        ? Ilsvrc.classes()
        : IntStream.range(0, network.classes()).mapToObj(i -> "class " + i).toList();
  }

  private Provenance provenance(Candidate found, Vgg network, AuthorsFilters authors) {
    Provenance facts =
        Provenance.unknown()
            .with("format", file.format())
            .with("network", "recognized by " + found.naming() + " names" + doubt(found))
            .with(
                "preprocessing",
                authors == AuthorsFilters.NONE
                    ? "assumed: that of the weights published with such names"
                    : "recognized by conv1_1, whose filters are the authors'");
    if (!network.convolutionsOnly()) {
      facts =
          facts.with(
              "classes",
              network.classes() == Ilsvrc.wnids().size()
                  ? "assumed: ILSVRC-2012 in the usual order"
                  : "without names in the file");
    }
    int count = 0;
    for (Map.Entry<String, String> fact : file.facts().entrySet()) {
      if (count++ < MOST_FACTS && fact.getKey().length() < LONGEST_FACT) {
        String value = fact.getValue();
        facts =
            facts.with(
                "file's " + fact.getKey(),
                value.length() > LONGEST_FACT ? value.substring(0, LONGEST_FACT) + "..." : value);
      }
    }
    return facts;
  }

  /**
   * Returns a remark if the file could also be A-LRN, whose parameters are A's; names that count
   * layers tell them apart.
   */
  private String doubt(Candidate found) {
    boolean both =
        found.network().configuration() == Configuration.A
            && Candidate.values().stream()
                .filter(c -> c.network().configuration() == Configuration.A_LRN)
                .anyMatch(c -> c.distance(tensors) == 0);
    return both ? "; could be A-LRN too, which has the same parameters" : "";
  }
}
