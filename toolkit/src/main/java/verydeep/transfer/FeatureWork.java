package verydeep.transfer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.TestViews;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.files.SkippedText;
import verydeep.internal.inference.ActivationReader;
import verydeep.internal.inference.Work;
import verydeep.internal.jobs.BegunArithmetic;
import verydeep.internal.jobs.JobOutcome;
import verydeep.internal.jobs.JobWork;
import verydeep.internal.jobs.JobWorker;
import verydeep.internal.jobs.PartFormat;
import verydeep.internal.passes.TimedPass;
import verydeep.network.Layer;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * The extraction of some layers' features in one pass.
 *
 * @param checkpoint the network
 * @param images the images
 * @param layers the layers, one or more
 * @param views what the network is shown, at all scales
 * @param skipping whether unreadable images are left out
 * @param arithmetic what computes
 * @param chosen whether that was chosen by the amount of work, so that a folder may have chosen it
 *     before
 */
record FeatureWork(
    Checkpoint checkpoint,
    Images images,
    List<String> layers,
    TestViews views,
    boolean skipping,
    Arithmetic arithmetic,
    boolean chosen)
    implements JobWork<ActivationPart> {

  /** Returns the same work on other images. */
  FeatureWork on(Images some) {
    return new FeatureWork(checkpoint, some, layers, views, skipping, arithmetic, chosen);
  }

  /** The taps, and the length of a vector at each: the number of the layer's channels. */
  private Map<Tap, Integer> dimensions() {
    int side = checkpoint.network().input();
    List<NetworkSummary.Row> rows = checkpoint.network().summary(side, side).rows();
    Map<Tap, Integer> dimensions = new LinkedHashMap<>();
    for (String layer : layers) {
      int channels = rows.get(checkpoint.network().activationIndex(layer)).output().channels();
      views.scales().forEach(scale -> dimensions.put(new Tap(layer, scale), channels));
    }
    return dimensions;
  }

  @Override
  public String title() {
    String what = layers.size() == 1 ? layers.get(0) : layers.size() + " layers";
    return "features, " + what + images.leftOut();
  }

  @Override
  public int size() {
    return images.size();
  }

  /** An extraction of all images starts over here, too. */
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
    settings.put("layer", String.join(", ", layers));
    settings.put("how", views.toString());
    settings.put(BegunArithmetic.SETTING, arithmetic.name());
    return settings;
  }

  @Override
  public JobWork<ActivationPart> as(Map<String, String> begun) {
    Arithmetic theirs = chosen ? BegunArithmetic.of(begun, arithmetic) : arithmetic;
    return new FeatureWork(checkpoint, images, layers, views, skipping, theirs, chosen);
  }

  @Override
  public PartFormat<ActivationPart> format() {
    return ActivationParts.format(dimensions(), images.size());
  }

  @Override
  public Map<String, String> texts(JobOutcome<ActivationPart> all) {
    checkSkipped(all.content().unreadable());
    return Map.of("computed by", all.arithmetic());
  }

  /**
   * Whoever does not skip images does not get the result of those who did. It is no setting, since
   * what was computed of the others is the same.
   */
  private void checkSkipped(SortedMap<Integer, String> unreadable) {
    if (!skipping && !unreadable.isEmpty()) {
      int first = unreadable.firstKey();
      throw SkippedText.refused(unreadable.size(), images.name(first), unreadable.get(first));
    }
  }

  /** Returns the layers that are compared if none is named: poolings, fc6 and fc7. */
  static List<String> byDepth(Vgg network) {
    return network.layers().stream()
        .filter(l -> l instanceof Layer.MaxPooling || l instanceof Layer.FullyConnected)
        .map(Layer::name)
        .filter(name -> !name.equals("fc8"))
        .toList();
  }

  static void checkScales(Vgg network, List<Integer> some) {
    if (some.isEmpty()) {
      throw new VerydeepException(
          "No scale was given; say at which sides the network sees the images: scales(...), each of"
              + " %d pixels or more.".formatted(network.smallestImage()));
    }
  }

  /** Returns the arithmetic that suits the layer that takes the most work. */
  static Arithmetic suited(
      Checkpoint checkpoint, Images images, List<String> layers, TestViews views) {
    double deepest =
        layers.stream()
            .mapToDouble(name -> Work.multiplications(views, checkpoint.network(), name))
            .max()
            .orElseThrow();
    return Arithmetics.forWork(checkpoint.parameters(), images.size() * deepest);
  }

  /**
   * Returns the features of each layer.
   *
   * @param scales which are joined, in this order
   */
  Map<String, Features> features(
      JobOutcome<ActivationPart> all, FeatureAssembly assembly, List<Integer> scales) {
    checkSkipped(all.content().unreadable());
    Map<Tap, ImageActivations> activations = activations(all);
    Map<String, Features> byLayer = new LinkedHashMap<>();
    for (String layer : layers) {
      byLayer.put(
          layer, assembly.of(images, all.content().unreadable(), layer, scales, activations));
    }
    return Collections.unmodifiableMap(byLayer);
  }

  /** Returns the activations by layer and scale; scales share the time. */
  private Map<Tap, ImageActivations> activations(JobOutcome<ActivationPart> all) {
    double pixels = views.scales().stream().mapToDouble(q -> (double) q * q).sum();
    Map<Tap, ImageActivations> activations = new LinkedHashMap<>();
    all.content()
        .vectors()
        .forEach(
            (tap, vectors) -> {
              double share = tap.scale() * (double) tap.scale() / pixels;
              activations.put(
                  tap, new ImageActivations(vectors, share * all.seconds(), all.arithmetic()));
            });
    return activations;
  }

  @Override
  public JobWorker<ActivationPart> open() {
    return new Worker(new TimedPass(Arithmetics.load(arithmetic, checkpoint.parameters())));
  }

  private final class Worker implements JobWorker<ActivationPart> {

    private final TimedPass pass;
    private double waited;

    private Worker(TimedPass pass) {
      this.pass = pass;
    }

    @Override
    public String arithmetic() {
      return pass.arithmetic();
    }

    @Override
    public int chunk() {
      return Extraction.TOGETHER;
    }

    @Override
    public void compute(int from, int to, Consumer<ActivationPart> results) {
      ActivationReader reader =
          new ActivationReader(pass, checkpoint.preprocessing(), views, layers);
      waited = 0;
      for (int first = from; first < to; first += Extraction.TOGETHER) {
        int end = Math.min(first + Extraction.TOGETHER, to);
        TapVectors found = new TapVectors(layers, views.scales(), skipping);
        reader.read(images.subset(IntStream.range(first, end).toArray()), found);
        waited += reader.secondsWaited();
        results.accept(found.part());
      }
    }

    @Override
    public double waited() {
      return waited;
    }

    @Override
    public double computing() {
      return pass.seconds();
    }

    @Override
    public void close() {
      pass.close();
    }
  }
}
