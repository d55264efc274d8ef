package verydeep.transfer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.inference.ProgressLine;
import verydeep.internal.jobs.WorkJob;
import verydeep.jobs.Job;
import verydeep.weights.Checkpoint;

/**
 * A network as a fixed feature extractor (appendix B): a layer's activations for the whole image at
 * a scale Q, averaged over space and over the image and its flip; those of several scales are
 * concatenated, and the result is divided by its Euclidean length.
 *
 * <pre>{@code
 * var extractor = FeatureExtractor.of(Checkpoint.read("d.safetensors")).scales(160);
 * var features = extractor.run(images);                               // of one layer
 * var byLayer = extractor.runByLayer(images, "pool3", "pool4", "pool5"); // in one pass
 * }</pre>
 */
public final class FeatureExtractor {

  private final Checkpoint checkpoint;
  private String layer;
  private List<Integer> scales = List.of();
  private boolean flipped = true;
  private Arithmetic arithmetic;
  private boolean quiet;
  private boolean averaged;
  private Path cache;
  private Path folder;
  private boolean skipping;
  private long pause = WorkJob.PAUSE_NANOS;

  private FeatureExtractor(Checkpoint checkpoint) {
    this.checkpoint = Objects.requireNonNull(checkpoint, "checkpoint");
    this.layer = checkpoint.network().convolutionsOnly() ? "pool5" : "fc7";
  }

  private FeatureExtractor(FeatureExtractor other) {
    checkpoint = other.checkpoint;
    layer = other.layer;
    scales = other.scales;
    flipped = other.flipped;
    arithmetic = other.arithmetic;
    quiet = other.quiet;
    averaged = other.averaged;
    cache = other.cache;
    folder = other.folder;
    skipping = other.skipping;
    pause = other.pause;
  }

  private FeatureExtractor with(Consumer<FeatureExtractor> change) {
    FeatureExtractor changed = new FeatureExtractor(this);
    change.accept(changed);
    return changed;
  }

  /**
   * Starts an extraction.
   *
   * @param checkpoint the network with its weights
   * @return an extractor with the paper's settings, except for the scale
   */
  public static FeatureExtractor of(Checkpoint checkpoint) {
    return new FeatureExtractor(checkpoint);
  }

  /**
   * Which layer's activations are taken.
   *
   * @param name a layer; fc7 by default, as in the paper, or pool5 if the network has only
   *     convolutions
   * @return changed settings
   * @throws VerydeepException if the network has no such layer
   */
  public FeatureExtractor layer(String name) {
    checkpoint.network().layer(name);
    return with(changed -> changed.layer = name);
  }

  /**
   * The scales Q; the features of several scales are concatenated.
   *
   * @param smallestSides Q in pixels, one or more; there is no default, since they decide cost and
   *     quality
   * @return changed settings
   */
  public FeatureExtractor scales(int... smallestSides) {
    return with(changed -> changed.scales = Arrays.stream(smallestSides).boxed().toList());
  }

  /**
   * Averages the features of several scales instead of concatenating them: shorter vectors, as the
   * paper uses on VOC (appendix B).
   *
   * @return changed settings
   */
  public FeatureExtractor averaged() {
    return with(changed -> changed.averaged = true);
  }

  /**
   * Where activations are cached, and found when the same ones are needed again: by the weights,
   * the layer, the scale, and the content of the images' files. Each layer and scale is cached
   * separately: once three scales have been extracted, each of them is there alone, concatenated
   * and averaged. An extraction that was stopped keeps what it had done. A file whose size and time
   * of modification are as they were is not read again.
   *
   * @param folder created if it does not exist; without one nothing is cached
   * @return changed settings
   */
  public FeatureExtractor cache(Path folder) {
    return with(changed -> changed.cache = Objects.requireNonNull(folder, "folder"));
  }

  /**
   * Where activations are cached.
   *
   * @param folder as {@link #cache(Path)}
   * @return changed settings
   */
  public FeatureExtractor cache(String folder) {
    return cache(Path.of(folder));
  }

  /**
   * Where the work of {@link #run} and {@link #runByLayer} is kept, so that one that was stopped
   * goes on where it was when it is called again, and a finished one is given at once. Unlike a
   * {@link #cache}, it recognizes images by their names and reads no file for it, and holds one
   * extraction.
   *
   * @param folder created if missing; one extraction has it for itself
   * @return changed settings; by default nothing is kept
   */
  public FeatureExtractor folder(Path folder) {
    return with(changed -> changed.folder = Objects.requireNonNull(folder, "folder"));
  }

  /**
   * Where the work is kept.
   *
   * @param folder as {@link #folder(Path)}
   * @return changed settings
   */
  public FeatureExtractor folder(String folder) {
    return folder(Path.of(folder));
  }

  /**
   * Leaves out images that cannot be read, in jobs too; {@link Features#skipped()} lists them. By
   * default the first of them is an error.
   *
   * @return changed settings
   */
  public FeatureExtractor skippingUnreadable() {
    return with(changed -> changed.skipping = true);
  }

  /** For tests: how often parts are kept, in nanoseconds. */
  FeatureExtractor pause(long nanos) {
    return with(changed -> changed.pause = nanos);
  }

  /**
   * Whether each image is also flipped.
   *
   * @param flipped true by default, as in the paper; false halves the time
   * @return changed settings
   */
  public FeatureExtractor flipped(boolean flipped) {
    return with(changed -> changed.flipped = flipped);
  }

  /**
   * The arithmetic for the forward passes.
   *
   * @param arithmetic by default the one that suits the amount of work: {@link Arithmetic}; a cache
   *     then offers what any of them has computed, and otherwise only what this one has
   * @return changed settings
   */
  public FeatureExtractor arithmetic(Arithmetic arithmetic) {
    return with(changed -> changed.arithmetic = Objects.requireNonNull(arithmetic, "arithmetic"));
  }

  /**
   * Does not show progress.
   *
   * @return changed settings
   */
  public FeatureExtractor quiet() {
    return with(changed -> changed.quiet = true);
  }

  /**
   * Extracts the features of images.
   *
   * @param images the images
   * @return one vector per image
   * @throws verydeep.VerydeepException if no scale was given or one is too small
   * @throws verydeep.VerydeepException if the given arithmetic cannot run here
   * @throws verydeep.data.UnreadableImageException if an image cannot be read, unless these are
   *     {@linkplain #skippingUnreadable() left out}
   * @throws java.util.concurrent.CancellationException if the thread is interrupted, or after
   *     Ctrl-C in JShell; a {@link #folder} or {@link #cache} keeps what was done
   */
  public Features run(Images images) {
    return features(images, List.of(layer)).get(layer);
  }

  /**
   * Extracts the features of several layers in one pass over the images, which costs little more
   * than those of the last layer alone.
   *
   * @param images the images
   * @param layers names; if none is given, pool1 to pool5, and fc6 and fc7 where the network has
   *     them, to see how features change with depth
   * @return features by layer, in the order of the names; their {@code seconds} are those of the
   *     whole pass
   * @throws VerydeepException if the network lacks one; the message lists those that it has
   * @throws verydeep.VerydeepException if no scale was given or one is too small
   * @throws verydeep.VerydeepException if the given arithmetic cannot run here
   * @throws verydeep.data.UnreadableImageException if an image cannot be read, unless these are
   *     {@linkplain #skippingUnreadable() left out}
   * @throws java.util.concurrent.CancellationException if the thread is interrupted, or after
   *     Ctrl-C in JShell; a {@link #folder} or {@link #cache} keeps what was done
   */
  public Map<String, Features> runByLayer(Images images, String... layers) {
    return features(images, names(layers));
  }

  /**
   * Makes the extraction of some images' features a job, which can be done in parts on several
   * machines. The folder of its parts is given to them; {@link #folder} and {@link #cache} do not
   * count.
   *
   * @param images the images
   * @return the job; nothing is loaded yet
   * @throws verydeep.VerydeepException if no scale was given or one is too small
   */
  public Job<Features> job(Images images) {
    FeatureWork work = work(images, List.of(layer));
    return new FeatureJob(
        work,
        (some, all) -> work.on(some).features(all, assembly(), scales).get(layer),
        quiet,
        pause);
  }

  /**
   * Makes the extraction of several layers' features in one pass a job.
   *
   * @param images the images
   * @param layers names, as for {@link #runByLayer}
   * @return the job, as for {@link #job}; its result is that of {@link #runByLayer}
   * @throws verydeep.VerydeepException if the network lacks a layer, no scale was given or one is
   *     too small
   */
  public Job<Map<String, Features>> jobByLayer(Images images, String... layers) {
    return byLayer(work(images, names(layers)));
  }

  private WorkJob<ActivationPart, Map<String, Features>> byLayer(FeatureWork work) {
    return new WorkJob<>(work, all -> work.features(all, assembly(), scales), quiet, pause);
  }

  private FeatureWork work(Images images, List<String> names) {
    FeatureWork.checkScales(checkpoint.network(), scales);
    TestViews views = new TestViews(View.dense(), scales.stream().distinct().toList(), flipped);
    boolean chosen = arithmetic == null;
    Arithmetic by = chosen ? FeatureWork.suited(checkpoint, images, names, views) : arithmetic;
    return new FeatureWork(checkpoint, images, names, views, skipping, by, chosen);
  }

  private FeatureAssembly assembly() {
    return new FeatureAssembly(checkpoint, flipped, averaged);
  }

  private List<String> names(String... layers) {
    List<String> names =
        layers.length == 0
            ? FeatureWork.byDepth(checkpoint.network())
            : Stream.of(layers).distinct().toList();
    names.forEach(checkpoint.network()::layer);
    return names;
  }

  /**
   * Writes the network and what was set to one file, whole or not at all, so that another machine
   * can do parts of the same extraction. A {@link #cache} is not written.
   *
   * @param file a path; missing folders are created
   * @return the path
   * @throws verydeep.FileException if it cannot be written
   */
  public Path write(Path file) {
    ExtractorFile.write(file, checkpoint, settings());
    return file;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param file a path
   * @return the same settings
   * @throws verydeep.FileException if it cannot be read, is damaged, or holds something else
   */
  public static FeatureExtractor read(Path file) {
    return ExtractorFile.read(file);
  }

  private ExtractorFile.Settings settings() {
    return new ExtractorFile.Settings(layer, scales, flipped, averaged, skipping, arithmetic);
  }

  private Map<String, Features> features(Images images, List<String> layers) {
    if (folder != null || skipping) {
      return inFolder(images, layers);
    }
    Map<String, Features> features = new LinkedHashMap<>();
    bySettings(images, layers, List.of(scales))
        .forEach((extract, of) -> features.put(extract.layer(), of));
    return Collections.unmodifiableMap(features);
  }

  private Map<String, Features> inFolder(Images images, List<String> layers) {
    if (cache != null) {
      throw new VerydeepException(
          "An extraction with folder(...) or skippingUnreadable() uses no cache, but cache(%s) is"
                  .formatted(cache)
              + " set. Leave one of them out; images.skippingUnreadable() goes with a cache.");
    }
    return OwnThread.run(
        () -> {
          try (var job = byLayer(work(images, layers))) {
            return job.run(folder);
          }
        });
  }

  /**
   * The features of each layer at each of several sets of scales, from one extraction.
   *
   * @param choices sets of scales
   */
  Map<FeatureSource.Extract, Features> bySettings(
      Images images, List<String> layers, List<List<Integer>> choices) {
    choices.forEach(some -> FeatureWork.checkScales(checkpoint.network(), some));
    List<Integer> all = choices.stream().flatMap(List::stream).distinct().toList();
    TestViews views = new TestViews(View.dense(), all, flipped);
    ProgressLine progress = quiet ? ProgressLine.silent() : ProgressLine.printing();
    Map<Tap, ImageActivations> activations =
        OwnThread.run(() -> activations(images, layers, views, progress));
    Map<FeatureSource.Extract, Features> features = new LinkedHashMap<>();
    for (String layer : layers) {
      for (List<Integer> some : choices) {
        features.put(
            new FeatureSource.Extract(0, layer, some, flipped, averaged),
            assembly().of(images, layer, some, activations));
      }
    }
    return features;
  }

  private Map<Tap, ImageActivations> activations(
      Images images, List<String> layers, TestViews views, ProgressLine progress) {
    Arithmetic chosen =
        arithmetic == null ? FeatureWork.suited(checkpoint, images, layers, views) : arithmetic;
    try (Extraction extraction = new Extraction(checkpoint, chosen, views, layers, progress)) {
      return extraction.run(
          images, cache == null ? null : FeatureCache.of(cache, checkpoint, flipped, arithmetic));
    } finally {
      progress.clear();
    }
  }

  /** Layer, network and scales. */
  @Override
  public String toString() {
    return "features " + layer + " of VGG " + checkpoint.network().label() + ", Q=" + scales;
  }
}
