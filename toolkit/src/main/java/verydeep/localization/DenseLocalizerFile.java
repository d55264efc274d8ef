package verydeep.localization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.internal.models.ModelFile;
import verydeep.weights.Checkpoint;

/** A dense localizer as a file: the classifier, then its localizers, and the settings as texts. */
final class DenseLocalizerFile {

  private DenseLocalizerFile() {}

  static void write(Path file, DenseLocalizer dense) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        "scales", dense.scales().stream().map(String::valueOf).collect(Collectors.joining(",")));
    texts.put("flipped", String.valueOf(dense.showsFlips()));
    texts.put("merged up to", String.valueOf(dense.merging().threshold()));
    texts.put("classes of a view", String.valueOf(dense.merging().classes()));
    List<Checkpoint> networks = new ArrayList<>(List.of(dense.classifier()));
    dense.localizers().forEach(localizer -> networks.add(localizer.checkpoint()));
    ModelFile.write(file, ModelFile.DENSE_LOCALIZER, texts, Map.of(), networks, true);
  }

  static DenseLocalizer read(Path file) {
    return ModelFile.read(file, List.of(ModelFile.DENSE_LOCALIZER), DenseLocalizerFile::localizer);
  }

  private static DenseLocalizer localizer(ModelFile file) {
    List<Checkpoint> networks = new ArrayList<>();
    for (ModelFile.Needed needed : file.networks()) {
      if (needed.checkpoint() == null) {
        throw new VerydeepException("The weights of " + needed.description() + " are missing.");
      }
      networks.add(needed.checkpoint());
    }
    if (networks.size() < 2) {
      throw new VerydeepException(
          "It needs a classifier and a localizer, and has " + networks.size() + " networks.");
    }
    Localizer[] localizers = networks.stream().skip(1).map(Localizer::of).toArray(Localizer[]::new);
    int[] scales =
        Arrays.stream(file.text("scales").split(",", -1)).mapToInt(Integer::parseInt).toArray();
    BoxMerging merging =
        BoxMerging.standard()
            .threshold(Double.parseDouble(file.text("merged up to")))
            .classes(Integer.parseInt(file.text("classes of a view")));
    DenseLocalizer dense =
        DenseLocalizer.of(networks.get(0), localizers).scales(scales).merging(merging);
    return Boolean.parseBoolean(file.text("flipped")) ? dense.flipped() : dense;
  }
}
