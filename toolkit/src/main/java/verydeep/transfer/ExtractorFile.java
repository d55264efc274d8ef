package verydeep.transfer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.internal.models.ModelFile;
import verydeep.weights.Checkpoint;

/** An extractor's settings and its network as one file. */
final class ExtractorFile {

  private static final List<String> KINDS = List.of(ModelFile.FEATURE_EXTRACTOR);

  private ExtractorFile() {}

  /** What is set; null for an arithmetic that is chosen by the amount of work. */
  record Settings(
      String layer,
      List<Integer> scales,
      boolean flipped,
      boolean averaged,
      boolean skipping,
      Arithmetic arithmetic) {}

  static void write(Path file, Checkpoint checkpoint, Settings settings) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("layer", settings.layer);
    texts.put("scales", String.join(",", settings.scales.stream().map(String::valueOf).toList()));
    texts.put("flipped", String.valueOf(settings.flipped));
    texts.put("averaged", String.valueOf(settings.averaged));
    texts.put("skipping", String.valueOf(settings.skipping));
    if (settings.arithmetic != null) {
      texts.put("arithmetic", settings.arithmetic.name());
    }
    ModelFile.write(file, ModelFile.FEATURE_EXTRACTOR, texts, Map.of(), List.of(checkpoint), true);
  }

  static FeatureExtractor read(Path file) {
    return ModelFile.read(file, KINDS, ExtractorFile::extractor);
  }

  private static FeatureExtractor extractor(ModelFile file) {
    if (file.networks().size() != 1 || file.networks().get(0).checkpoint() == null) {
      throw new VerydeepException("It must hold one network with its weights.");
    }
    FeatureExtractor extractor =
        FeatureExtractor.of(file.networks().get(0).checkpoint())
            .layer(file.text("layer"))
            .flipped(Boolean.parseBoolean(file.text("flipped")));
    if (!file.text("scales").isEmpty()) {
      extractor = extractor.scales(numbers(file.text("scales")));
    }
    if (Boolean.parseBoolean(file.text("averaged"))) {
      extractor = extractor.averaged();
    }
    if (Boolean.parseBoolean(file.text("skipping"))) {
      extractor = extractor.skippingUnreadable();
    }
    String arithmetic = file.texts().get("arithmetic");
    return arithmetic == null ? extractor : extractor.arithmetic(Arithmetic.valueOf(arithmetic));
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
