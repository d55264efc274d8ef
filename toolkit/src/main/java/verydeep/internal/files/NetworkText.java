package verydeep.internal.files;

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
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.network.VggBuilder;

/**
 * What a file says of a network besides its weights, converted to and from the string map of a
 * safetensors file.
 */
public final class NetworkText {

  private static final String FORMAT = "verydeep 1";

  /** The format of files that hold networks beside what was trained on them. */
  public static final String MODEL = "verydeep model 1";

  /** How earlier versions spelled the name of a fact. */
  private static final String LICENCE = "licence";

  private static final Gson GSON = new Gson();

  private NetworkText() {}

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

  /**
   * Returns the texts.
   *
   * @param vgg the network
   * @param classNames the names of its classes
   * @param preprocessing how an image becomes its input
   * @param trained the scale at which it was trained; null if unknown
   * @param provenance facts by name
   */
  public static Map<String, String> write(
      Vgg vgg,
      List<String> classNames,
      Preprocessing preprocessing,
      TrainingScale trained,
      Map<String, String> provenance) {
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
    metadata.put("classes", GSON.toJson(classNames));
    metadata.put("preprocessing", GSON.toJson(preprocessing));
    if (trained != null) {
      metadata.put("scale", GSON.toJson(List.of(trained.smallest(), trained.largest())));
    }
    metadata.put("provenance", GSON.toJson(provenance));
    return metadata;
  }

  public static Vgg network(Map<String, String> metadata) throws Malformed {
    if (MODEL.equals(metadata.get("format"))) {
      throw new Malformed(
          SafetensorsHeader.BEGIN,
          "It holds a "
              + metadata.get("kind")
              + ", not a checkpoint alone: Classifier.read and the read method of its type do.");
    }
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

  public static List<String> classes(Map<String, String> metadata) throws Malformed {
    return field(metadata, "classes", new TypeToken<List<String>>() {});
  }

  public static Preprocessing preprocessing(Map<String, String> metadata) throws Malformed {
    return field(metadata, "preprocessing", TypeToken.get(Preprocessing.class));
  }

  public static Optional<TrainingScale> trainingScale(Map<String, String> metadata)
      throws Malformed {
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

  public static Map<String, String> provenance(Map<String, String> metadata) throws Malformed {
    Map<String, String> provenance = new LinkedHashMap<>();
    field(metadata, "provenance", new TypeToken<LinkedHashMap<String, String>>() {})
        .forEach((name, fact) -> provenance.put(name.equals(LICENCE) ? "license" : name, fact));
    return provenance;
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
