package verydeep.internal.cpu;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * The convolutions and poolings of a network in training. The forward pass keeps what each layer
 * hands to the next; the backward pass replaces it by its gradient, since a layer's activations are
 * not needed once the gradients of the next layer's weights and of its inputs are known.
 */
final class ConvolutionChain {

  /** The bytes of maps before pooling, which only live within a layer's work. */
  private static final long UNPOOLED_BYTES = 64_000_000;

  private static final int FIRST = GemmKernel.FIRST;

  private final List<Stage> stages;
  private final List<LearnedConvolution> convolutions = new ArrayList<>();

  /** The batch normalization of each stage, or null. */
  private final List<LearnedBatchNormalization> batches = new ArrayList<>();

  private final int lowest;
  private final Team team;
  private final Workspace workspace;
  private final MapShape image;
  private int images;
  private float[] input = new float[0];
  private final float[][] kept;
  private final float[][] choices;

  /** What the batch normalizations that learn received, until it is replaced by its gradient. */
  private final float[][] linear;

  private float[] unpooled = new float[0];
  private float[] unnormalized = new float[0];

  /**
   * Lays out the layers.
   *
   * @param parameters the weights
   * @param learning which of them learn
   * @param form the form for 3x3 kernels
   * @param team the threads that share the work
   * @param workspace the memory to work in
   */
  ConvolutionChain(
      Parameters parameters, Learning learning, Winograd form, Team team, Workspace workspace) {
    this.team = team;
    this.workspace = workspace;
    stages = Stage.of(parameters.network());
    image = Stage.image(parameters.network());
    for (Stage stage : stages) {
      Layer.Convolution layer = stage.layer();
      boolean gathered = convolutions.isEmpty() && LearnedConvolution.gathers(layer);
      LearnedWeights weights = learning.weights(layer, layer.kernel(), gathered, parameters);
      convolutions.add(new LearnedConvolution(weights, form));
      batches.add(stage.batch() == null ? null : learning.batch(stage.batch(), parameters));
    }
    int first = 0;
    while (first < stages.size() && !learns(first)) {
      first++;
    }
    lowest = first;
    kept = new float[stages.size()][0];
    choices = new float[stages.size()][0];
    linear = new float[stages.size()][0];
  }

  private boolean learns(int stage) {
    return convolutions.get(stage).weights().learns() || observes(stage);
  }

  /** Returns whether a stage's batch normalization takes the statistics of its images. */
  private boolean observes(int stage) {
    return batches.get(stage) != null && batches.get(stage).learns();
  }

  /** Returns whether any layer learns. */
  boolean learns() {
    return lowest < stages.size();
  }

  /** Returns how many images' maps fit into arrays. */
  int most() {
    int largest = Maps.size(image, 3);
    for (Stage stage : stages) {
      largest = Math.max(largest, Maps.size(stage.outputs()));
    }
    return (Integer.MAX_VALUE - 64) / largest;
  }

  /** Returns the bytes of an image's maps in a training of all layers. */
  static long imageBytes(Vgg network) {
    List<Stage> stages = Stage.of(network);
    return imageBytes(stages, Stage.image(network), 0, i -> stages.get(i).batch() != null);
  }

  /** Returns the bytes of an image's maps. */
  long imageBytes() {
    return imageBytes(stages, image, lowest, this::observes);
  }

  private static long imageBytes(
      List<Stage> stages, MapShape image, int lowest, IntPredicate observes) {
    long numbers = Maps.size(image, 3);
    long passing = 0;
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      if (isKept(i, lowest)) {
        numbers += (stage.pools() ? 2L : 1) * stage.size();
      } else {
        passing = Math.max(passing, stage.size());
      }
      if (stage.normalization() != null) {
        numbers += Maps.size(stage.outputs());
      }
      if (observes.test(i)) {
        numbers += Maps.size(stage.outputs());
      }
    }
    return 4 * (numbers + 3 * passing);
  }

  /** Returns the bytes of the maps that are held now, but for those that only live in a layer. */
  long heldBytes() {
    Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    arrays.add(input);
    arrays.add(unnormalized);
    arrays.addAll(Arrays.asList(kept));
    arrays.addAll(Arrays.asList(choices));
    arrays.addAll(Arrays.asList(linear));
    return 4 * arrays.stream().mapToLong(array -> array.length).sum();
  }

  /** Returns the bytes of the sums of the weights' gradients. */
  long sumBytes() {
    return convolutions.stream().mapToLong(LearnedConvolution::bytes).sum();
  }

  /** Starts the sums of a step. */
  void begin() {
    convolutions.forEach(LearnedConvolution::begin);
    observing().forEach(LearnedBatchNormalization::begin);
  }

  private Stream<LearnedBatchNormalization> observing() {
    return batches.stream().filter(batch -> batch != null && batch.learns());
  }

  /** Starts with a share of a batch. */
  void beginShare() {
    observing().forEach(LearnedBatchNormalization::beginShare);
  }

  /** Ends a share of a batch, which is a given part of its images. */
  void endShare(double part) {
    observing().forEach(batch -> batch.endShare(part));
  }

  /** Takes over the running statistics of a step. */
  void step() {
    observing().forEach(LearnedBatchNormalization::step);
  }

  /** Provides memory for this many images together. */
  private void reserve(int images) {
    if (images <= this.images) {
      return;
    }
    this.images = images;
    input = new float[images * Maps.size(image, 3) + FIRST + GemmKernel.LANES];
    int passing = 0;
    for (int i = 0; i < stages.size(); i++) {
      int size = Math.multiplyExact(images, stages.get(i).size()) + FIRST;
      kept[i] = null; // lets the old one be collected first
      choices[i] = null;
      linear[i] = null;
      int whole = Math.multiplyExact(images, Maps.size(stages.get(i).outputs())) + FIRST;
      linear[i] = new float[observes(i) ? whole : 0];
      if (isKept(i)) {
        kept[i] = new float[size];
        choices[i] = new float[stages.get(i).pools() ? size : 0];
      } else {
        passing = Math.max(passing, size);
      }
    }
    float[][] two = {new float[passing], new float[passing]};
    float[] unread = new float[passing];
    for (int i = 0; i < stages.size(); i++) {
      if (!isKept(i)) {
        kept[i] = two[i % 2];
        choices[i] = unread;
      }
    }
  }

  /** Returns whether the backward pass reads a stage's activations. */
  private boolean isKept(int stage) {
    return isKept(stage, lowest);
  }

  private static boolean isKept(int stage, int lowest) {
    return stage >= lowest - 1;
  }

  private static Maps maps(float[] data, int images, MapShape shape) {
    return new Maps(data, FIRST, images, shape, Maps.pixel(shape));
  }

  /** Returns memory for a stage's activations, with zeros on the border. */
  private Maps kept(int stage, int images) {
    Maps maps = maps(kept[stage], images, stages.get(stage).handedOn());
    if (!isKept(stage)) { // other stages use it too
      maps.clearBorders(team);
    }
    return maps;
  }

  /** Returns memory for the maps before pooling of as many images as it holds, at most some. */
  private Maps unpooled(Stage stage, int images) {
    int size = Maps.size(stage.outputs());
    int together = (int) Math.max(1, Math.min(images, UNPOOLED_BYTES / (4L * size)));
    if (unpooled.length < together * size + FIRST) {
      unpooled = new float[together * size + FIRST];
    }
    return maps(unpooled, together, stage.outputs());
  }

  /**
   * Computes the activations of some images.
   *
   * @param pixels the pixels of the batch
   * @param from the first image
   * @param count the number of images
   * @return the last layer's activations; {@link #backward} wants their gradients in their place
   */
  Maps forward(FloatBuffer pixels, int from, int count) {
    reserve(count);
    Maps in = new Maps(input, FIRST, count, image, 3);
    in.copyFrom(pixels, from, team);
    for (int i = 0; i < stages.size(); i++) {
      Maps out = kept(i, count);
      forward(i, in, out);
      in = out;
    }
    return in;
  }

  /** Returns memory for the maps before a normalization, of which a network has one at most. */
  private Maps unnormalized(Stage stage, int images) {
    int size = Maps.size(stage.outputs());
    if (unnormalized.length < images * size + FIRST) {
      unnormalized = new float[Math.multiplyExact(images, size) + FIRST];
    }
    return maps(unnormalized, images, stage.outputs());
  }

  private Maps linear(int stage, int images) {
    return maps(linear[stage], images, stages.get(stage).outputs());
  }

  private void forward(int index, Maps in, Maps out) {
    Stage stage = stages.get(index);
    LearnedConvolution convolution = convolutions.get(index);
    Panels panels = convolution.panels(team, workspace);
    if (observes(index)) {
      Maps z = linear(index, in.images());
      convolution.forwardLinear(panels, in, z, team, workspace);
      batches.get(index).observe(z, team, workspace);
    }
    Maps before = stage.normalization() == null ? null : unnormalized(stage, in.images());
    if (!stage.pools()) {
      activate(index, panels, in, 0, out);
      return;
    }
    Maps whole = unpooled(stage, in.images());
    for (int i = 0; i < in.images(); i += whole.images()) {
      int count = Math.min(whole.images(), in.images() - i);
      Maps some = whole.slice(0, count);
      if (before == null) {
        activate(index, panels, in, i, some);
      } else {
        Maps own = before.slice(i, count);
        activate(index, panels, in, i, own);
        new PixelStep(stage.normalization()).run(own, some, team, workspace);
      }
      LearnedPooling.forward(some, out.slice(i, count), choices[index], team);
    }
  }

  /** Writes the activations of a stage's ReLU for as many images as there is room for. */
  private void activate(int index, Panels panels, Maps in, int firstImage, Maps out) {
    LearnedConvolution convolution = convolutions.get(index);
    LearnedBatchNormalization batch = batches.get(index);
    Maps some = in.slice(firstImage, out.images());
    if (batch == null) {
      convolution.forward(panels, some, out, team, workspace);
    } else if (batch.learns()) {
      batch.activate(linear(index, in.images()).slice(firstImage, out.images()), out, team);
    } else {
      convolution.forwardLinear(panels, some, out, team, workspace);
      batch.activate(out, out, team);
    }
  }

  /**
   * Adds the gradients of the weights of the images that came last.
   *
   * @param from the first image within the batch
   * @param count the number of images
   */
  void backward(int from, int count) {
    for (int i = stages.size() - 1; i >= lowest; i--) {
      LearnedConvolution convolution = convolutions.get(i);
      Maps in = i == 0 ? new Maps(input, FIRST, count, image, 3) : kept(i - 1, count);
      Panels turned = i > lowest ? convolution.turned(team, workspace) : null;
      int together = stages.get(i).pools() ? unpooled(stages.get(i), count).images() : count;
      if (observes(i)) {
        addGradients(i, together, count);
      }
      for (int image = 0; image < count; image += together) {
        int some = Math.min(together, count - image);
        Maps inputs = in.slice(image, some);
        Maps outputs = linearGradient(i, image, some, count);
        convolution.addGradient(inputs, outputs, from + image, team, workspace);
        if (turned != null) {
          convolution.inputGradient(turned, outputs, inputs, team, workspace);
        }
      }
    }
  }

  /** Adds the gradients of a stage's batch normalization. */
  private void addGradients(int index, int together, int count) {
    LearnedBatchNormalization batch = batches.get(index);
    Maps z = linear(index, count);
    batch.beginGradients(count);
    for (int image = 0; image < count; image += together) {
      int some = Math.min(together, count - image);
      Maps gradient = activationGradient(index, image, some, count);
      batch.addGradients(gradient, z.slice(image, some), image, team, workspace);
    }
    batch.endGradients(z.shape().height() * z.shape().width());
  }

  /** Returns the gradients of what a stage's ReLU received, of some images. */
  private Maps activationGradient(int index, int image, int some, int count) {
    Stage stage = stages.get(index);
    Maps dy = kept(index, count).slice(image, some);
    if (!stage.pools()) {
      return dy;
    }
    Maps outputs = unpooled(stage, count).slice(0, some);
    LearnedPooling.backward(dy, choices[index], outputs, team);
    if (stage.normalization() != null) {
      Maps before = unnormalized(stage, count).slice(image, some);
      LearnedNormalization.backward(stage.normalization(), true, before, outputs, outputs, team);
    }
    return outputs;
  }

  /** Returns the gradients of what a stage's convolution has produced, of some images. */
  private Maps linearGradient(int index, int image, int some, int count) {
    Maps outputs = activationGradient(index, image, some, count);
    LearnedBatchNormalization batch = batches.get(index);
    if (batch == null) {
      return outputs;
    }
    Maps z = batch.learns() ? linear(index, count).slice(image, some) : outputs;
    batch.backward(outputs, z, team);
    return z;
  }

  /** Writes the gradients of all weights at the end of a step. */
  void finish() {
    convolutions.forEach(convolution -> convolution.finish(team, workspace));
  }
}
