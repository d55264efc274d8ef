package verydeep.weights;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.SafetensorsHeader;
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.network.VggBuilder;

/** A checkpoint's metadata, converted to and from the string map of a safetensors file. */
final class CheckpointMetadata {

  static final String FORMAT = "verydeep 1";

  private static final Gson GSON = new Gson();

  private CheckpointMetadata() {}

  /** A network's settings as stored in the file. */
  private record Network(
      Configuration configuration,
      boolean convolutionsOnly,
      Boolean throughFc7,
      double width,
      int input,
      boolean batchNorm,
      Integer classes,
      Integer units,
      Double dropout) {

    Vgg build() {
      VggBuilder builder = Vgg.of(configuration).width(width).input(input).batchNorm(batchNorm);
      if (convolutionsOnly) {
        builder = builder.convolutionsOnly();
      }
      if (Boolean.TRUE.equals(throughFc7)) {
        builder = builder.throughFc7();
      } else if (classes != null) {
        builder = builder.classes(classes);
      }
      if (units != null) {
        builder = builder.units(units);
      }
      if (dropout != null) {
        builder = builder.dropout(dropout);
      }
      return builder.build();
    }
  }

  static Map<String, String> write(Checkpoint checkpoint) {
    Vgg vgg = checkpoint.network();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put(
        "network",
        GSON.toJson(
            new Network(
                vgg.configuration(),
                vgg.convolutionsOnly(),
                (vgg.classes() == 0 && !vgg.convolutionsOnly()) ? true : null,
                vgg.width(),
                vgg.input(),
                vgg.batchNorm(),
                vgg.classes() == 0 ? null : vgg.classes(),
                vgg.convolutionsOnly() ? null : vgg.units(),
                vgg.dropout())));
    metadata.put("classes", GSON.toJson(checkpoint.classNames()));
    metadata.put("preprocessing", GSON.toJson(checkpoint.preprocessing()));
    checkpoint
        .trainingScale()
        .ifPresent(s -> metadata.put("scale", GSON.toJson(List.of(s.smallest(), s.largest()))));
    metadata.put("provenance", GSON.toJson(checkpoint.provenance().facts()));
    return metadata;
  }

  static Vgg network(Map<String, String> metadata) throws Malformed {
    if (!FORMAT.equals(metadata.get("format"))) {
      throw new Malformed(
          SafetensorsHeader.BEGIN,
          "It is not a checkpoint of this toolkit: the format in its metadata must be \""
              + FORMAT
              + "\", not "
              + metadata.get("format")
              + ".");
    }
    return field(metadata, "network", TypeToken.get(Network.class)).build();
  }

  static List<String> classes(Map<String, String> metadata) throws Malformed {
    return field(metadata, "classes", new TypeToken<List<String>>() {});
  }

  static Preprocessing preprocessing(Map<String, String> metadata) throws Malformed {
    return field(metadata, "preprocessing", TypeToken.get(Preprocessing.class));
  }

  static Optional<TrainingScale> trainingScale(Map<String, String> metadata) throws Malformed {
    if (!metadata.containsKey("scale")) {
      return Optional.empty();
    }
    List<Integer> sides = field(metadata, "scale", new TypeToken<List<Integer>>() {});
    if (sides.size() != 2) {
      throw new Malformed(
          SafetensorsHeader.BEGIN, "The scale in the metadata must be two numbers.");
    }
    return Optional.of(TrainingScale.of(sides.get(0), sides.get(1)));
  }

  static Provenance provenance(Map<String, String> metadata) throws Malformed {
    return new Provenance(
        field(metadata, "provenance", new TypeToken<LinkedHashMap<String, String>>() {}));
  }

  private static <T> T field(Map<String, String> metadata, String name, TypeToken<T> type)
      throws Malformed {
    try {
      T value = GSON.fromJson(metadata.get(name), type);
      if (value == null) {
        throw new Malformed(SafetensorsHeader.BEGIN, "The metadata lacks " + name + ".");
      }
      return value;
    } catch (JsonParseException e) {
      // the JSON reader's own words name its classes and settings
      throw new Malformed(
          SafetensorsHeader.BEGIN, "The metadata's " + name + " is not the JSON of such a value.");
    } catch (VerydeepException e) {
      throw new Malformed(
          SafetensorsHeader.BEGIN, "The metadata's " + name + " is invalid: " + e.getMessage());
    } catch (RuntimeException e) {
      throw new Malformed(
          SafetensorsHeader.BEGIN, "The metadata's " + name + " is out of range" + check(e));
    }
  }

  /** Returns what a value's own check says, which the JSON reader wraps. */
  private static String check(RuntimeException wrapped) {
    Throwable cause = wrapped;
    while (cause != null && !(cause instanceof VerydeepException)) {
      cause = cause.getCause();
    }
    return cause == null ? "." : ": " + cause.getMessage();
  }
}
