package verydeep.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.TestViews;
import verydeep.internal.inference.ProgressLine;
import verydeep.internal.jobs.BegunArithmetic;
import verydeep.internal.jobs.JobOutcome;
import verydeep.internal.jobs.JobWork;
import verydeep.internal.jobs.JobWorker;
import verydeep.internal.jobs.PartFormat;
import verydeep.weights.Checkpoint;

/**
 * The extraction of one layer's features.
 *
 * @param checkpoint the network
 * @param images the images
 * @param layer the layer
 * @param views what the network is shown, at all scales
 * @param arithmetic what computes
 * @param chosen whether that was chosen by the amount of work, so that a folder may have chosen it
 *     before
 */
record FeatureWork(
    Checkpoint checkpoint,
    Images images,
    String layer,
    TestViews views,
    Arithmetic arithmetic,
    boolean chosen)
    implements JobWork<Map<Tap, List<float[]>>> {

  private List<Tap> taps() {
    return views.scales().stream().map(scale -> new Tap(layer, scale)).toList();
  }

  @Override
  public String title() {
    return "features, " + layer + images.leftOut();
  }

  @Override
  public int size() {
    return images.size();
  }

  /** An extraction of all images begins anew here, too. */
  @Override
  public int grain() {
    return Extraction.TOGETHER;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("network", checkpoint.network().label());
    settings.put("weights", Integer.toHexString(checkpoint.parameters().checksum()));
    settings.put("preprocessing", checkpoint.preprocessing().toString());
    settings.put("images", images.fingerprint());
    settings.put("layer", layer);
    settings.put("how", views.toString());
    settings.put(BegunArithmetic.SETTING, arithmetic.name());
    return settings;
  }

  @Override
  public JobWork<Map<Tap, List<float[]>>> as(Map<String, String> begun) {
    Arithmetic theirs = chosen ? BegunArithmetic.of(begun, arithmetic) : arithmetic;
    return new FeatureWork(checkpoint, images, layer, views, theirs, chosen);
  }

  @Override
  public PartFormat<Map<Tap, List<float[]>>> format() {
    return ActivationParts.format(taps(), images.size());
  }

  @Override
  public Map<String, String> texts(JobOutcome<Map<Tap, List<float[]>>> all) {
    return Map.of("computed by", all.arithmetic());
  }

  /** Returns the activations at each scale, which share the time. */
  Map<Tap, ImageActivations> result(JobOutcome<Map<Tap, List<float[]>>> all) {
    double pixels = views.scales().stream().mapToDouble(q -> (double) q * q).sum();
    Map<Tap, ImageActivations> activations = new LinkedHashMap<>();
    all.content()
        .forEach(
            (tap, vectors) -> {
              double share = tap.scale() * (double) tap.scale() / pixels;
              activations.put(
                  tap, new ImageActivations(vectors, share * all.seconds(), all.arithmetic()));
            });
    return activations;
  }

  @Override
  public JobWorker<Map<Tap, List<float[]>>> open() {
    ProgressLine silent = ProgressLine.silent(); // the job shows its own
    return new Worker(new Extraction(checkpoint, arithmetic, views, List.of(layer), silent));
  }

  private final class Worker implements JobWorker<Map<Tap, List<float[]>>> {

    private final Extraction extraction;

    private Worker(Extraction extraction) {
      this.extraction = extraction;
    }

    @Override
    public String arithmetic() {
      return extraction.arithmetic();
    }

    @Override
    public int chunk() {
      return Extraction.TOGETHER;
    }

    @Override
    public void compute(int from, int to, Consumer<Map<Tap, List<float[]>>> results) {
      for (int first = from; first < to; first += Extraction.TOGETHER) {
        int end = Math.min(first + Extraction.TOGETHER, to);
        Images some = images.subset(IntStream.range(first, end).toArray());
        Map<Tap, List<float[]>> part = new LinkedHashMap<>();
        extraction.run(some, null).forEach((tap, found) -> part.put(tap, found.vectors()));
        results.accept(part);
      }
    }

    @Override
    public void close() {
      extraction.close();
    }
  }
}
