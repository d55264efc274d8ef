package verydeep.transfer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import verydeep.VerydeepException;
import verydeep.internal.files.TensorFile;
import verydeep.internal.jobs.PartFormat;
import verydeep.network.Tensor;

/**
 * The activations of some images as a safetensors file, one array for each layer and scale, images
 * x numbers: not of length 1 yet, which comes last, after the scales.
 */
final class ActivationParts {

  private static final String FORMAT = "verydeep activations in parts 1";
  private static final String UNREADABLE = "unreadable";

  private ActivationParts() {}

  /**
   * Returns how the activations at some taps are kept.
   *
   * @param dimensions the taps, and the length of a vector at each
   * @param most how many images a part may have
   */
  static PartFormat<ActivationPart> format(Map<Tap, Integer> dimensions, int most) {
    List<Tap> taps = List.copyOf(dimensions.keySet());
    return new PartFormat<>(
        FORMAT,
        "activations",
        file -> read(file, dimensions, most),
        (file, texts, part) -> write(file, texts, dimensions, part),
        ActivationPart::images,
        parts -> ActivationPart.joined(taps, parts));
  }

  private static void write(
      Path file, Map<String, String> texts, Map<Tap, Integer> dimensions, ActivationPart part) {
    Map<String, String> metadata = new LinkedHashMap<>(texts);
    metadata.put("format", FORMAT);
    metadata.put(
        UNREADABLE,
        TensorFile.lines(
            part.unreadable().entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .toList()));
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    Map<String, List<float[]>> vectors = new LinkedHashMap<>();
    dimensions.forEach(
        (tap, dimension) -> {
          vectors.put(name(tap), part.vectors().get(tap));
          shapes.put(name(tap), List.of(part.vectors().get(tap).size(), dimension));
        });
    TensorFile.writeRows(file, metadata, shapes, vectors);
  }

  private static ActivationPart read(TensorFile file, Map<Tap, Integer> dimensions, int most) {
    SortedMap<Integer, String> unreadable =
        unreadable(file.metadata().getOrDefault(UNREADABLE, ""));
    Map<Tap, List<float[]>> vectors = new LinkedHashMap<>();
    int readable = -1;
    for (Map.Entry<Tap, Integer> one : dimensions.entrySet()) {
      String name = name(one.getKey());
      Tensor array = file.tensors().get(name);
      if (array == null
          || array.sizes().size() != 2
          || !array.sizes().get(1).equals(one.getValue())) {
        throw new VerydeepException(
            "It lacks an array %s of rows of %d numbers.".formatted(name, one.getValue()));
      }
      readable = readable < 0 ? array.sizes().get(0) : readable;
      if ((long) readable + unreadable.size() > most) {
        throw new VerydeepException("It has more images than the job.");
      }
      vectors.put(one.getKey(), Rows.read(array, readable));
    }
    if (!unreadable.isEmpty()) {
      Objects.checkIndex(unreadable.firstKey(), readable + unreadable.size());
      Objects.checkIndex(unreadable.lastKey(), readable + unreadable.size());
    }
    return new ActivationPart(vectors, unreadable);
  }

  private static SortedMap<Integer, String> unreadable(String text) {
    SortedMap<Integer, String> unreadable = new TreeMap<>();
    for (String line : TensorFile.names(text)) {
      String[] words = line.split(" ", 2);
      unreadable.put(Integer.valueOf(words[0]), words[1]);
    }
    return unreadable;
  }

  private static String name(Tap tap) {
    return tap.layer() + " at " + tap.scale();
  }
}
