package verydeep.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.TensorFile;
import verydeep.internal.jobs.PartFormat;
import verydeep.network.Tensor;

/**
 * The activations of some images as a safetensors file, one array for each scale, images x numbers:
 * not of length 1 yet, which comes last, after the scales.
 */
final class ActivationParts {

  private static final String FORMAT = "verydeep activations in parts 1";

  private ActivationParts() {}

  /**
   * Returns how the activations at some taps are kept.
   *
   * @param most how many images a part may have
   */
  static PartFormat<Map<Tap, List<float[]>>> format(List<Tap> taps, int most) {
    return new PartFormat<>(
        FORMAT,
        "activations",
        file -> read(file, taps, most),
        (file, texts, part) -> write(file, texts, taps, part),
        part -> part.get(taps.get(0)).size(),
        parts -> joined(taps, parts));
  }

  private static Map<Tap, List<float[]>> joined(List<Tap> taps, List<Map<Tap, List<float[]>>> all) {
    Map<Tap, List<float[]>> joined = new LinkedHashMap<>();
    for (Tap tap : taps) {
      joined.put(tap, all.stream().flatMap(part -> part.get(tap).stream()).toList());
    }
    return joined;
  }

  private static void write(
      Path file, Map<String, String> texts, List<Tap> taps, Map<Tap, List<float[]>> part) {
    Map<String, String> metadata = new LinkedHashMap<>(texts);
    metadata.put("format", FORMAT);
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    Map<String, List<float[]>> vectors = new LinkedHashMap<>();
    for (Tap tap : taps) {
      vectors.put(name(tap), part.get(tap));
      shapes.put(name(tap), List.of(part.get(tap).size(), part.get(tap).get(0).length));
    }
    TensorFile.write(file, metadata, shapes, name -> Rows.write(vectors.get(name)));
  }

  private static Map<Tap, List<float[]>> read(TensorFile file, List<Tap> taps, int most) {
    Map<Tap, List<float[]>> part = new LinkedHashMap<>();
    int images = -1;
    for (Tap tap : taps) {
      Tensor array = file.tensors().get(name(tap));
      if (array == null) {
        throw new IllegalArgumentException("it lacks " + name(tap));
      }
      images = images < 0 ? array.sizes().get(0) : images;
      if (images > most) {
        throw new IllegalArgumentException(images + " images are more than the job has");
      }
      part.put(tap, new ArrayList<>(Rows.read(array, images)));
    }
    return part;
  }

  private static String name(Tap tap) {
    return tap.layer() + " at " + tap.scale();
  }
}
