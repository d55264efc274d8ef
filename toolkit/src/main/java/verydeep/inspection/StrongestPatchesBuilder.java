package verydeep.inspection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.inference.ProgressLine;
import verydeep.internal.inference.ReadAhead;
import verydeep.internal.inference.ShapeBatches;
import verydeep.internal.inference.Work;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Layer;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * Settings of a search for strongest patches, in any order; {@link #run()} does it. Each method
 * returns changed settings and leaves these as they were.
 */
public final class StrongestPatchesBuilder {

  /** Bytes of activations held at a time. */
  private static final double HELD = 1 << 26;

  /** The most images held at a time. */
  private static final int TOGETHER = 32;

  private static final int USUAL = 9;

  private final Checkpoint checkpoint;
  private final Images images;
  private List<String> layers;
  private int scale;
  private int count = USUAL;
  private Arithmetic arithmetic;
  private boolean quiet;

  StrongestPatchesBuilder(Checkpoint checkpoint, Images images) {
    this.checkpoint = Objects.requireNonNull(checkpoint, "checkpoint");
    this.images = Objects.requireNonNull(images, "images");
    this.scale = NetworkInput.usualScale(checkpoint.network());
    this.layers =
        checkpoint.network().layers().stream()
            .filter(l -> l instanceof Layer.Convolution || l instanceof Layer.MaxPooling)
            .map(Layer::name)
            .toList();
  }

  private StrongestPatchesBuilder(StrongestPatchesBuilder other) {
    checkpoint = other.checkpoint;
    images = other.images;
    layers = other.layers;
    scale = other.scale;
    count = other.count;
    arithmetic = other.arithmetic;
    quiet = other.quiet;
  }

  private StrongestPatchesBuilder with(Consumer<StrongestPatchesBuilder> change) {
    StrongestPatchesBuilder changed = new StrongestPatchesBuilder(this);
    change.accept(changed);
    return changed;
  }

  /**
   * The layers to search; nothing past the last of them is computed.
   *
   * @param names one or more layers; all convolutions and poolings by default. The activations of a
   *     convolution are those after its ReLU
   * @return changed settings
   * @throws VerydeepException if the network lacks one
   * @throws VerydeepException if none is named
   */
  public StrongestPatchesBuilder layers(String... names) {
    if (names.length == 0) {
      throw new VerydeepException("A search needs at least one layer; none was named.");
    }
    Stream.of(names).forEach(checkpoint.network()::layer);
    return with(changed -> changed.layers = Stream.of(names).distinct().toList());
  }

  /**
   * The scale Q that each image is rescaled to.
   *
   * @param smallestSide in pixels; by default the network's input, or 224 for one of convolutions
   *     only
   * @return changed settings
   * @throws verydeep.network.ImageTooSmallException if it is below the network's window
   */
  public StrongestPatchesBuilder scale(int smallestSide) {
    checkpoint.network().checkImage(smallestSide, smallestSide);
    return with(changed -> changed.scale = smallestSide);
  }

  /**
   * How many patches are kept for each channel, each from another image.
   *
   * @param patches 1 or more; 9 by default
   * @return changed settings
   * @throws VerydeepException if it is below 1
   */
  public StrongestPatchesBuilder count(int patches) {
    if (patches < 1) {
      throw new VerydeepException(
          "The number of patches for each channel is " + patches + "; it must be 1 or more.");
    }
    return with(changed -> changed.count = patches);
  }

  /**
   * The arithmetic for the forward passes.
   *
   * @param arithmetic by default the one that suits the amount of work: {@link Arithmetic}
   * @return changed settings
   */
  public StrongestPatchesBuilder arithmetic(Arithmetic arithmetic) {
    return with(changed -> changed.arithmetic = Objects.requireNonNull(arithmetic, "arithmetic"));
  }

  /**
   * Does not show progress.
   *
   * @return changed settings
   */
  public StrongestPatchesBuilder quiet() {
    return with(changed -> changed.quiet = true);
  }

  /**
   * Searches.
   *
   * @return what was found
   * @throws VerydeepException if there is no image
   * @throws verydeep.data.UnreadableImageException if an image cannot be read
   * @throws verydeep.NotFiniteException if an activation is infinite or NaN
   * @throws java.util.concurrent.CancellationException after an interrupt, or Ctrl-C in JShell
   */
  public StrongestPatches run() {
    if (images.size() == 0) {
      throw new VerydeepException("A search for patches needs at least one image.");
    }
    return OwnThread.run(this::found);
  }

  private StrongestPatches found() {
    long start = System.nanoTime();
    Vgg network = checkpoint.network();
    NetworkSummary summary = network.summary(scale, scale);
    Map<String, PatchSearch> searches = new LinkedHashMap<>();
    for (Layer layer : network.layers()) {
      if (layers.contains(layer.name())) {
        searches.put(layer.name(), new PatchSearch(summary.row(layer.name()), count));
      }
    }
    String by = search(searches, together(summary));
    Map<String, List<StrongestPatches.Channel>> found = new LinkedHashMap<>();
    searches.forEach((layer, one) -> found.put(layer, one.found(images, scale, padding())));
    double seconds = (System.nanoTime() - start) / 1e9;
    return new StrongestPatches("VGG " + network.label(), by, images.size(), scale, seconds, found);
  }

  /** How many images are held at a time. */
  private int together(NetworkSummary summary) {
    double bytes =
        layers.stream().mapToDouble(layer -> 4.0 * summary.row(layer).output().size()).sum();
    return (int) Math.max(1, Math.min(TOGETHER, HELD / bytes));
  }

  private String search(Map<String, PatchSearch> searches, int together) {
    List<String> names = List.copyOf(searches.keySet());
    ProgressLine progress = quiet ? ProgressLine.silent() : ProgressLine.printing();
    try (ForwardPass pass = Arithmetics.load(arithmetic(names), checkpoint.parameters());
        var ahead =
            new ReadAhead<>(
                images.size(), Math.max(2, together), i -> images.image(i).rescale(scale))) {
      ShapeBatches batches = new ShapeBatches(pass, checkpoint.preprocessing(), names);
      for (int first = 0; first < images.size(); first += together) {
        List<RgbImage> some = new ArrayList<>();
        while (some.size() < Math.min(together, images.size() - first)) {
          some.add(ahead.take());
        }
        search(batches, some, first, searches);
        progress.show("strongest patches", first + some.size(), images.size());
      }
      return pass.arithmetic();
    } finally {
      progress.clear();
    }
  }

  private static void search(
      ShapeBatches batches, List<RgbImage> some, int first, Map<String, PatchSearch> searches) {
    List<Seen> seen = batches.run(some, Seen::new);
    for (int i = 0; i < seen.size(); i++) {
      RgbImage image = some.get(i);
      for (Activations maps : seen.get(i).batch()) {
        PatchSearch search = searches.get(maps.layer());
        search.add(first + i, maps, seen.get(i).place(), image.height(), image.width());
      }
    }
  }

  /** Where an image's activations are. */
  private record Seen(List<Activations> batch, int place) {}

  private Arithmetic arithmetic(List<String> names) {
    if (arithmetic != null) {
      return arithmetic;
    }
    TestViews views = new TestViews(View.dense(), List.of(scale), false);
    String last = names.get(names.size() - 1);
    double work = Work.multiplications(views, checkpoint.network(), last);
    return Arithmetics.forWork(checkpoint.parameters(), images.size() * work);
  }

  /** What a zero of the network's input is as a color. */
  private Rgb padding() {
    Preprocessing preprocessing = checkpoint.preprocessing();
    Rgb mean = preprocessing.mean();
    double scaled = 1 / preprocessing.scale();
    return new Rgb(mean.red() * scaled, mean.green() * scaled, mean.blue() * scaled);
  }

  /** Returns network, images and layers. */
  @Override
  public String toString() {
    return "strongest patches of VGG %s, %d layers, %,d images, Q=%d"
        .formatted(checkpoint.network().label(), layers.size(), images.size(), scale);
  }
}
