package verydeep.training;

import ai.djl.engine.Engine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.internal.files.OlderWords;
import verydeep.network.Vgg;

/**
 * What decides the course of a training. One that was stopped goes on only with the same, but for
 * the number of epochs, and for the devices and the library's versions, which may change last
 * digits.
 *
 * @param network what is trained
 * @param facts everything, in words
 */
record TrainingFacts(Vgg network, Map<String, String> facts) {

  static final String VERSIONS = "versions";

  static TrainingFacts of(TrainingSettings training, Preprocessing preprocessing) {
    Vgg network = training.network();
    Recipe recipe = training.recipe();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "network",
        network.label()
            + ", "
            + network.classes()
            + " classes, input "
            + network.input()
            + ", dropout "
            + network.dropout());
    facts.put("first weights", training.start() + ", else " + network.initialization());
    facts.put("training pictures", training.training().fingerprint());
    facts.put("validation pictures", training.validation().fingerprint());
    facts.putAll(training.task().facts());
    facts.put("preprocessing", preprocessing.toString());
    facts.put("batch", String.valueOf(recipe.batch()));
    facts.put("momentum", String.valueOf(recipe.momentum()));
    facts.put("decay", String.valueOf(recipe.decay()));
    facts.put("learning rate", recipe.rate().toString());
    facts.put("layers", training.rates().toString());
    facts.put("scale", training.scale().toString());
    facts.put("augmentation", training.augmentation().toString());
    facts.put("precision", training.precision().toString());
    facts.put("seed", String.valueOf(training.seed()));
    facts.put(VERSIONS, versions());
    return new TrainingFacts(network, facts);
  }

  /** Of all that computes. */
  static String versions() {
    return "DJL "
        + Engine.getDjlVersion()
        + ", PyTorch "
        + Engine.getEngine("PyTorch").getVersion()
        + ", Java "
        + Runtime.version();
  }

  /**
   * Checks that a state was written with these settings.
   *
   * @param state its texts
   * @param file for the message
   * @throws VerydeepException if not; the message says which differ
   */
  void checkSame(Map<String, String> state, Path file) {
    Map<String, String> there = OlderWords.renewed(state);
    StringBuilder different = new StringBuilder();
    OlderWords.renewed(facts)
        .forEach(
            (name, value) -> {
              if (!name.equals(VERSIONS) && !value.equals(there.get(name))) {
                different
                    .append("\n  ")
                    .append(name)
                    .append(": ")
                    .append(there.get(name))
                    .append(" there, ")
                    .append(value)
                    .append(" now");
              }
            });
    if (different.length() > 0) {
      throw new VerydeepException(
          file
              + " is the state of another training, which this one cannot go on with:"
              + different
              + "\nTake another folder, or the same settings.");
    }
  }
}
