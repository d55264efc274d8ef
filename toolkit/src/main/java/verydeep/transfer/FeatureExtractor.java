package verydeep.transfer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.evaluation.Looks;
import verydeep.evaluation.ProgressLine;
import verydeep.evaluation.View;
import verydeep.weights.Checkpoint;

/**
 * A network as a fixed feature extractor (appendix B): a layer's response to the whole picture at a
 * scale Q, averaged over space and over the picture and its mirror image; those of several scales
 * one behind the other; the whole divided by its Euclidean length.
 *
 * <pre>{@code
 * var features = FeatureExtractor.of(Checkpoint.read("vgg-d.safetensors")).scales(96).run(images);
 * }</pre>
 */
public final class FeatureExtractor {

  private final Checkpoint checkpoint;
  private String layer;
  private List<Integer> scales = List.of();
  private boolean mirrored = true;
  private Arithmetic arithmetic;
  private boolean quiet;
  private boolean averaged;
  private Path cache;

  private FeatureExtractor(Checkpoint checkpoint) {
    this.checkpoint = Objects.requireNonNull(checkpoint, "checkpoint");
    this.layer = checkpoint.network().convolutionsOnly() ? "pool5" : "fc7";
  }

  /**
   * Starts an extraction.
   *
   * @param checkpoint the network with its weights
   * @return an extractor with the paper's settings but for the scale
   */
  public static FeatureExtractor of(Checkpoint checkpoint) {
    return new FeatureExtractor(checkpoint);
  }

  /**
   * Whose response is taken.
   *
   * @param name a layer; fc7 by default, as in the paper, pool5 if the network has only
   *     convolutions
   * @return this
   * @throws verydeep.network.UnknownLayerException if the network has no such layer
   */
  public FeatureExtractor layer(String name) {
    checkpoint.network().layer(name);
    this.layer = name;
    return this;
  }

  /**
   * The scales Q; features of several are put one behind the other.
   *
   * @param smallestSides Q in pixels, one or more; must be said, since it decides cost and quality
   * @return this
   */
  public FeatureExtractor scales(int... smallestSides) {
    this.scales = Arrays.stream(smallestSides).boxed().toList();
    return this;
  }

  /**
   * Takes the mean over the scales, where features of several scales would stand one behind the
   * other: shorter, and what the paper does on VOC (appendix B).
   *
   * @return this
   */
  public FeatureExtractor averaged() {
    this.averaged = true;
    return this;
  }

  /**
   * Where features are kept, and found again when the same ones are asked for: by the weights, the
   * layer, the scales, and what is in the pictures' files. An extraction that was stopped has what
   * it had done.
   *
   * @param folder made if it is not there; without one nothing is kept
   * @return this
   */
  public FeatureExtractor cache(Path folder) {
    this.cache = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /**
   * Where features are kept.
   *
   * @param folder as {@link #cache(Path)}
   * @return this
   */
  public FeatureExtractor cache(String folder) {
    return cache(Path.of(folder));
  }

  /**
   * Whether the mirror image counts too.
   *
   * @param mirrored true by default, as in the paper; false halves the time
   * @return this
   */
  public FeatureExtractor mirrored(boolean mirrored) {
    this.mirrored = mirrored;
    return this;
  }

  /**
   * Who multiplies, and how.
   *
   * @param arithmetic by default the one that the amount of work pays for: {@link
   *     Arithmetic#forWork}
   * @return this
   */
  public FeatureExtractor arithmetic(Arithmetic arithmetic) {
    this.arithmetic = Objects.requireNonNull(arithmetic, "arithmetic");
    return this;
  }

  /**
   * Shows no progress.
   *
   * @return this
   */
  public FeatureExtractor quiet() {
    this.quiet = true;
    return this;
  }

  /**
   * Extracts the features of pictures.
   *
   * @param images the pictures
   * @return a vector a picture
   * @throws verydeep.evaluation.EvaluationException if no scale was given or one is too small
   * @throws verydeep.cpu.CpuException if the arithmetic that was asked for cannot run here
   * @throws verydeep.data.UnreadablePictureException if a picture cannot be read
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Features run(Images images) {
    Looks looks = new Looks(View.dense(), scales, mirrored);
    String what = layer + " of VGG " + checkpoint.network().label();
    String protocol = looks + (averaged && scales.size() > 1 ? ", averaged" : "");
    ProgressLine progress = quiet ? ProgressLine.silent() : ProgressLine.printing();
    Arithmetic chosen = arithmetic;
    if (chosen == null) {
      double work = images.size() * looks.multiplications(checkpoint.network(), layer);
      chosen = Arithmetic.forWork(checkpoint.parameters(), work);
    }
    try (Extraction extraction =
        new Extraction(checkpoint, chosen, looks, layer, averaged, what, protocol, progress)) {
      return cache == null
          ? extraction.run(images)
          : extraction.run(images, new FeatureCache(cache, settings(protocol, chosen)));
    } finally {
      progress.clear();
    }
  }

  private String settings(String protocol, Arithmetic chosen) {
    return String.join(
        "\n",
        checkpoint.network().label(),
        Integer.toHexString(checkpoint.parameters().checksum()),
        checkpoint.preprocessing().toString(),
        layer,
        protocol,
        chosen.toString());
  }

  /** Layer, network and scales. */
  @Override
  public String toString() {
    return "features " + layer + " of VGG " + checkpoint.network().label() + ", Q=" + scales;
  }
}
