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
 * Everything that determines the course of a training. A stopped training resumes only with the
 * same facts, except for the number of epochs, and for the devices and library versions, which may
 * change the last digits.
 *
 * @param network the network to train
 * @param facts all facts, in words
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

  /** Returns the versions of everything that computes. */
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
   * @param state the metadata of the state
   * @param file the file to name in the message
   * @throws VerydeepException if they differ; the message lists how
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
                    .append(" in the file, ")
                    .append(value)
                    .append(" now");
              }
            });
    if (different.length() > 0) {
      throw new VerydeepException(
          file
              + " holds the state of a training with other settings, so this one cannot resume from"
              + " it:"
              + different
              + "\nUse another folder, or the same settings.");
    }
  }
}
