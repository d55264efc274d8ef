package verydeep.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.internal.files.TensorFile;
import verydeep.internal.tasks.LossCounts;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/**
 * A training between two steps as a safetensors file: weights under their names, momentum under
 * {@code momentum/}, everything else as text in the metadata. Numbers survive bit for bit.
 *
 * @param settings what must be the same to resume the training
 * @param state the progress of the training
 * @param arithmetic what computed it
 * @param versions the versions of the libraries that wrote it
 * @param parameters the weights
 * @param momentum v by the weights' shapes
 */
record StateFile(
    TrainingFacts settings,
    TrainingState state,
    Arithmetic arithmetic,
    String versions,
    Parameters parameters,
    Map<ParameterShape, Tensor> momentum) {

  private static final String FORMAT = "verydeep training 1";
  private static final String ARITHMETIC = "arithmetic";
  private static final String MOMENTUM = "momentum/";

  /** Writes the state of a training, completely or not at all. */
  static void write(
      Path file, TrainingFacts settings, TrainingState state, GradientDescent descent) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    Map<String, ParameterShape> byName = new LinkedHashMap<>();
    for (ParameterShape shape : settings.network().parameterShapes()) {
      shapes.put(shape.name(), shape.sizes());
      byName.put(shape.name(), shape);
    }
    for (ParameterShape shape : descent.learned()) {
      shapes.put(MOMENTUM + shape.name(), shape.sizes());
    }
    TensorFile.write(
        file,
        metadata(settings, state, descent.arithmetic()),
        shapes,
        name ->
            name.startsWith(MOMENTUM)
                ? descent.momentum(byName.get(name.substring(MOMENTUM.length())))
                : descent.weights(byName.get(name)));
  }

  private static Map<String, String> metadata(
      TrainingFacts settings, TrainingState state, Arithmetic arithmetic) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.putAll(settings.facts());
    metadata.put(ARITHMETIC, arithmetic.name());
    LossCounts outcome = state.sums().outcome();
    Plateau.State plateau = state.plateau();
    metadata.put("position", state.epoch() + " " + state.step() + " " + state.steps());
    metadata.put(
        "sums",
        String.format(
            Locale.ROOT,
            "%s %d %d %d %s %s",
            outcome.loss(),
            outcome.wrong(),
            outcome.wrongOfFive(),
            outcome.images(),
            state.sums().seconds(),
            state.sums().waited()));
    metadata.put(
        "plateau",
        plateau.fewestWrong()
            + " "
            + plateau.since()
            + " "
            + plateau.falls()
            + " "
            + plateau.ended());
    metadata.put("loss scale", state.lossScale().value() + " " + state.lossScale().since());
    metadata.put("epochs", EpochLines.write(state.epochs()));
    metadata.put("best epoch", String.valueOf(state.bestEpoch()));
    metadata.put("seconds", String.valueOf(state.seconds()));
    return metadata;
  }

  /**
   * Reads a file that was written for the same settings.
   *
   * @throws FileException if it is not the state of a training, or is damaged
   * @throws VerydeepException if it belongs to a training with other settings
   */
  static StateFile read(Path file, TrainingFacts settings) {
    TensorFile content = TensorFile.read(file);
    Map<String, String> metadata = content.metadata();
    if (!FORMAT.equals(metadata.get("format"))) {
      throw new FileException(
          file, "It is not the state of a training: its format must be \"" + FORMAT + "\".");
    }
    settings.checkSame(metadata, file);
    try {
      return new StateFile(
          settings,
          state(metadata),
          // states written before there was a choice
          Arithmetic.valueOf(metadata.getOrDefault(ARITHMETIC, Arithmetic.DJL.name())),
          metadata.getOrDefault(TrainingFacts.VERSIONS, "unknown"),
          parameters(settings.network(), content.tensors()),
          momentum(settings.network(), content.tensors()));
    } catch (RuntimeException e) {
      throw new FileException(file, TensorFile.damaged(e), e);
    }
  }

  private static TrainingState state(Map<String, String> metadata) {
    String[] position = words(metadata, "position", 3);
    String[] sums = words(metadata, "sums", 6);
    String[] plateau = words(metadata, "plateau", 4);
    String[] scale = words(metadata, "loss scale", 2);
    LossCounts outcome =
        new LossCounts(
            Double.parseDouble(sums[0]),
            Integer.parseInt(sums[1]),
            Integer.parseInt(sums[2]),
            Integer.parseInt(sums[3]));
    List<Epoch> epochs = EpochLines.read(text(metadata, "epochs"));
    TrainingState state =
        new TrainingState(
            Integer.parseInt(position[0]),
            Integer.parseInt(position[1]),
            Long.parseLong(position[2]),
            new TrainingState.Sums(
                outcome, Double.parseDouble(sums[4]), Double.parseDouble(sums[5])),
            new Plateau.State(
                Integer.parseInt(plateau[0]),
                Integer.parseInt(plateau[1]),
                Integer.parseInt(plateau[2]),
                Boolean.parseBoolean(plateau[3])),
            new TrainingState.ScaleState(Float.parseFloat(scale[0]), Integer.parseInt(scale[1])),
            epochs,
            Integer.parseInt(text(metadata, "best epoch")),
            Double.parseDouble(text(metadata, "seconds")));
    if (state.epoch() != epochs.size() + 1
        || state.step() < 0
        || state.steps() < state.step()
        || state.bestEpoch() < 0
        || state.bestEpoch() > epochs.size()) {
      throw new VerydeepException("Its numbers contradict each other.");
    }
    return state;
  }

  private static String text(Map<String, String> metadata, String name) {
    String text = metadata.get(name);
    if (text == null) {
      throw new VerydeepException("It lacks " + name + ".");
    }
    return text;
  }

  private static String[] words(Map<String, String> metadata, String name, int count) {
    String[] words = text(metadata, name).split(" ", -1);
    if (words.length != count) {
      throw new VerydeepException("Its " + name + " must be " + count + " numbers.");
    }
    return words;
  }

  private static Parameters parameters(Vgg network, Map<String, Tensor> tensors) {
    Map<String, Tensor> weights = new LinkedHashMap<>(tensors);
    weights.keySet().removeIf(name -> name.startsWith(MOMENTUM));
    return Parameters.of(network, weights);
  }

  private static Map<ParameterShape, Tensor> momentum(Vgg network, Map<String, Tensor> tensors) {
    Map<ParameterShape, Tensor> momentum = new LinkedHashMap<>();
    for (ParameterShape shape : network.parameterShapes()) {
      Tensor tensor = tensors.get(MOMENTUM + shape.name());
      if (tensor != null) {
        if (!tensor.sizes().equals(shape.sizes())) {
          throw new VerydeepException("The momentum of " + shape + " is " + tensor + ".");
        }
        momentum.put(shape, tensor);
      }
    }
    return momentum;
  }
}
