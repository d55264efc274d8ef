package verydeep.weights;

import java.util.Map;
import verydeep.VerydeepException;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NetworkText;
import verydeep.internal.files.SafetensorsHeader;
import verydeep.internal.files.WeightFile;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** A file of {@link Checkpoint#write}, whose metadata states everything. */
final class OwnFile {

  private static final String FORMAT = "verydeep ";

  private OwnFile() {}

  static boolean recognizes(WeightFile content) {
    return content.facts().getOrDefault("format", "").startsWith(FORMAT);
  }

  /**
   * Reads the only network.
   *
   * @param name null or empty, as it has no name
   */
  static Checkpoint read(WeightFile content, String name) throws Malformed {
    if (name != null && !name.isEmpty()) {
      throw new Malformed(
          SafetensorsHeader.BEGIN,
          "The file holds no network named \""
              + name
              + "\": it is a checkpoint of this toolkit, with one network, which has no name.");
    }
    Map<String, String> metadata = content.facts();
    try {
      Vgg network = NetworkText.network(metadata);
      Checkpoint checkpoint =
          Checkpoint.of(
              Parameters.of(network, content.plain()),
              NetworkText.classes(metadata),
              NetworkText.preprocessing(metadata),
              new Provenance(NetworkText.provenance(metadata)));
      return NetworkText.trainingScale(metadata)
          .map(checkpoint::withTrainingScale)
          .orElse(checkpoint);
    } catch (VerydeepException e) {
      throw new Malformed(SafetensorsHeader.BEGIN, e.getMessage());
    } catch (RuntimeException e) {
      // the metadata may violate any check of the values it describes
      throw new Malformed(
          SafetensorsHeader.BEGIN, "The metadata lacks a value, or one of them is out of range.");
    }
  }
}
