package verydeep.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.evaluation.Looks;
import verydeep.evaluation.ProgressLine;
import verydeep.evaluation.Response;
import verydeep.evaluation.ResponseReader;
import verydeep.evaluation.View;
import verydeep.network.ForwardPass;
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
    long start = System.nanoTime();
    List<float[]> vectors = new ArrayList<>();
    ProgressLine progress = quiet ? ProgressLine.silent() : ProgressLine.printing();
    Arithmetic chosen = arithmetic;
    if (chosen == null) {
      double work = images.size() * looks.multiplications(checkpoint.network(), layer);
      chosen = Arithmetic.forWork(checkpoint.parameters(), work);
    }
    String computed;
    try (ForwardPass pass = chosen.load(checkpoint.parameters())) {
      computed = pass.arithmetic();
      new ResponseReader(pass, checkpoint.preprocessing(), looks, List.of(layer))
          .read(
              images,
              (index, responses) -> {
                vectors.add(vector(responses));
                progress.show("features, " + what, index + 1, images.size());
              });
    } finally {
      progress.clear();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Features(what, looks.toString(), images, vectors, seconds, computed);
  }

  private float[] vector(List<Response> responses) {
    int looksAScale = responses.size() / scales.size();
    int channels = responses.get(0).means().get(0).length;
    float[] vector = new float[channels * scales.size()];
    for (int i = 0; i < responses.size(); i++) {
      int at = i / looksAScale * channels;
      float[] means = responses.get(i).means().get(0);
      for (int c = 0; c < channels; c++) {
        vector[at + c] += means[c] / looksAScale;
      }
    }
    return unitLength(vector);
  }

  private static float[] unitLength(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    for (int i = 0; length > 0 && i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }

  /** Layer, network and scales. */
  @Override
  public String toString() {
    return "features " + layer + " of VGG " + checkpoint.network().label() + ", Q=" + scales;
  }
}
