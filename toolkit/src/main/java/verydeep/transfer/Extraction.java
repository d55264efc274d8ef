package verydeep.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.evaluation.Looks;
import verydeep.evaluation.ProgressLine;
import verydeep.evaluation.Response;
import verydeep.evaluation.ResponseReader;
import verydeep.network.ForwardPass;
import verydeep.weights.Checkpoint;

/** One extraction of features; the network is loaded when the first picture needs it. */
final class Extraction implements AutoCloseable {

  /** Pictures whose features are kept together. */
  private static final int KEPT_TOGETHER = 512;

  private final Checkpoint checkpoint;
  private final Arithmetic arithmetic;
  private final Looks looks;
  private final String layer;
  private final boolean averaged;
  private final String what;
  private final String protocol;
  private final ProgressLine progress;
  private ForwardPass pass;

  Extraction(
      Checkpoint checkpoint,
      Arithmetic arithmetic,
      Looks looks,
      String layer,
      boolean averaged,
      String what,
      String protocol,
      ProgressLine progress) {
    this.checkpoint = checkpoint;
    this.arithmetic = arithmetic;
    this.looks = looks;
    this.layer = layer;
    this.averaged = averaged;
    this.what = what;
    this.protocol = protocol;
    this.progress = progress;
  }

  /** Features from a cache, as far as they are there; the others are made and kept. */
  Features run(Images images, FeatureCache cache) {
    List<Features> parts = new ArrayList<>();
    for (int from = 0; from < images.size(); from += KEPT_TOGETHER) {
      int to = Math.min(from + KEPT_TOGETHER, images.size());
      Images part = images.subset(IntStream.range(from, to).toArray());
      Path file = cache.file(part);
      Features found = FeatureCache.read(file);
      if (found == null || found.size() != part.size()) {
        found = run(part, from, images.size());
        found.write(file);
      }
      parts.add(found.of(part));
    }
    return Features.joined(images, parts);
  }

  Features run(Images images) {
    return run(images, 0, images.size());
  }

  private Features run(Images images, int before, int all) {
    long start = System.nanoTime();
    if (pass == null) {
      pass = arithmetic.load(checkpoint.parameters());
    }
    List<float[]> vectors = new ArrayList<>();
    new ResponseReader(pass, checkpoint.preprocessing(), looks, List.of(layer))
        .read(
            images,
            (index, responses) -> {
              vectors.add(vector(responses));
              progress.show("features, " + what, before + index + 1, all);
            });
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Features(what, protocol, images, vectors, seconds, pass.arithmetic());
  }

  /** The mean over the looks at a scale; scales one behind the other, or their mean. */
  private float[] vector(List<Response> responses) {
    int scales = averaged ? 1 : looks.scales().size();
    int looksEach = responses.size() / scales;
    int channels = responses.get(0).means().get(0).length;
    float[] vector = new float[channels * scales];
    for (int i = 0; i < responses.size(); i++) {
      int at = i / looksEach * channels;
      float[] means = responses.get(i).means().get(0);
      for (int c = 0; c < channels; c++) {
        vector[at + c] += means[c] / looksEach;
      }
    }
    return UnitLength.of(vector);
  }

  @Override
  public void close() {
    if (pass != null) {
      pass.close();
    }
  }
}
