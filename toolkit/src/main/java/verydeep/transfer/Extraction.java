package verydeep.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.evaluation.Looks;
import verydeep.evaluation.ProgressLine;
import verydeep.evaluation.Response;
import verydeep.evaluation.ResponseReader;
import verydeep.network.ForwardPass;
import verydeep.weights.Checkpoint;

/**
 * One extraction of features of some layers, part by part of the pictures: what a cache has is
 * taken from there, what it lacks is read in one pass. The network is loaded when the first picture
 * needs it.
 */
final class Extraction implements AutoCloseable {

  /**
   * Pictures that are kept together: for D at Q=160 some seconds of work, at Q=512 two minutes. A
   * multiple of how many go through the network together, so that a stop changes no digit.
   */
  private static final int TOGETHER = 128;

  private final Checkpoint checkpoint;
  private final Arithmetic arithmetic;
  private final Looks looks;
  private final List<String> layers;
  private final ProgressLine progress;
  private ForwardPass pass;

  Extraction(
      Checkpoint checkpoint,
      Arithmetic arithmetic,
      Looks looks,
      List<String> layers,
      ProgressLine progress) {
    this.checkpoint = checkpoint;
    this.arithmetic = arithmetic;
    this.looks = looks;
    this.layers = layers;
    this.progress = progress;
  }

  /**
   * The responses by layer and scale.
   *
   * @param images all pictures
   * @param cache where they are kept; null if nowhere
   */
  Map<Tap, Responses> run(Images images, FeatureCache cache) {
    Map<Tap, List<Responses>> parts = new LinkedHashMap<>();
    for (int from = 0; from < images.size(); from += TOGETHER) {
      int to = Math.min(from + TOGETHER, images.size());
      Images some = images.subset(IntStream.range(from, to).toArray());
      FeatureCache.Part kept = cache == null ? null : cache.part(some);
      Map<Tap, Responses> found = new LinkedHashMap<>();
      for (Map.Entry<List<String>, List<Integer>> work : missing(kept, found).entrySet()) {
        Map<Tap, Responses> made = pass(some, from, images.size(), work.getKey(), work.getValue());
        if (kept != null) {
          made.forEach(kept::write);
        }
        found.putAll(made);
      }
      found.forEach((tap, part) -> parts.computeIfAbsent(tap, t -> new ArrayList<>()).add(part));
    }
    Map<Tap, Responses> all = new LinkedHashMap<>();
    parts.forEach((tap, some) -> all.put(tap, Responses.joined(some)));
    return all;
  }

  /** Scales by the layers that they lack; what is there is put into {@code found}. */
  private Map<List<String>, List<Integer>> missing(
      FeatureCache.Part kept, Map<Tap, Responses> found) {
    Map<List<String>, List<Integer>> missing = new LinkedHashMap<>();
    for (int scale : looks.scales().stream().distinct().toList()) {
      List<String> lacking = new ArrayList<>();
      for (String layer : layers) {
        Tap tap = new Tap(layer, scale);
        Responses there = kept == null ? null : kept.read(tap);
        if (there == null) {
          lacking.add(layer);
        } else {
          found.put(tap, there);
        }
      }
      if (!lacking.isEmpty()) {
        missing.computeIfAbsent(lacking, l -> new ArrayList<>()).add(scale);
      }
    }
    return missing;
  }

  /** One pass over some pictures. */
  private Map<Tap, Responses> pass(
      Images images, int before, int all, List<String> layers, List<Integer> scales) {
    long start = System.nanoTime();
    if (pass == null) {
      pass = arithmetic.load(checkpoint.parameters());
    }
    Looks some = new Looks(looks.view(), scales, looks.mirrored());
    Map<Tap, List<float[]>> vectors = new LinkedHashMap<>();
    new ResponseReader(pass, checkpoint.preprocessing(), some, layers)
        .read(
            images,
            (index, responses) -> {
              for (int i = 0; i < layers.size(); i++) {
                for (int scale : scales) {
                  vectors
                      .computeIfAbsent(new Tap(layers.get(i), scale), tap -> new ArrayList<>())
                      .add(mean(responses, i, scale));
                }
              }
              progress.show("features, " + what(layers), before + index + 1, all);
            });
    double seconds = (System.nanoTime() - start) / 1e9;
    double pixels = scales.stream().mapToDouble(q -> (double) q * q).sum();
    Map<Tap, Responses> made = new LinkedHashMap<>();
    vectors.forEach(
        (tap, rows) -> {
          double share = tap.scale() * (double) tap.scale() / pixels;
          made.put(tap, new Responses(rows, share * seconds, pass.arithmetic()));
        });
    return made;
  }

  private static String what(List<String> layers) {
    return layers.size() == 1 ? layers.get(0) : layers.size() + " layers";
  }

  /** The mean over the looks at a scale: the picture and its mirror image. */
  private static float[] mean(List<Response> responses, int layer, int scale) {
    List<float[]> looks =
        responses.stream()
            .filter(response -> response.scale() == scale)
            .map(response -> response.means().get(layer))
            .toList();
    float[] mean = new float[looks.get(0).length];
    for (float[] look : looks) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += look[i] / looks.size();
      }
    }
    return mean;
  }

  @Override
  public void close() {
    if (pass != null) {
      pass.close();
    }
  }
}
