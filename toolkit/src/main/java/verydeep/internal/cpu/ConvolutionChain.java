package verydeep.internal.cpu;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import verydeep.network.Layer;
import verydeep.network.Parameters;

/**
 * The convolutions and poolings of a network in training. The forward pass keeps what each layer
 * hands to the next; the backward pass replaces it by its gradient, since a layer's activations are
 * not needed once the gradients of the next layer's weights and of its inputs are known.
 */
final class ConvolutionChain {

  private final List<Stage> stages;
  private final List<LearnedConvolution> convolutions = new ArrayList<>();

  /** The batch normalization of each stage, or null. */
  private final List<LearnedBatchNormalization> batches = new ArrayList<>();

  private final int lowest;
  private final Team team;
  private final Workspace workspace;
  private final ChainMemory memory;

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
    for (Stage stage : stages) {
      Layer.Convolution layer = stage.layer();
      boolean gathered = convolutions.isEmpty() && ImageConvolution.reads(layer);
      LearnedWeights weights = learning.weights(layer, layer.kernel(), gathered, parameters);
      convolutions.add(new LearnedConvolution(weights, form));
      batches.add(stage.batch() == null ? null : learning.batch(stage.batch(), parameters));
    }
    int first = 0;
    while (first < stages.size() && !learns(first)) {
      first++;
    }
    lowest = first;
    memory =
        new ChainMemory(stages, Stage.image(parameters.network()), lowest, this::observes, team);
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

  /** Returns the maps of its images. */
  ChainMemory memory() {
    return memory;
  }

  /** Returns the bytes of the sums of the weights' gradients. */
  long sumBytes() {
    return convolutions.stream().mapToLong(LearnedConvolution::bytes).sum();
  }

  /** Starts the sums of a step. */
  void begin() {
    convolutions.forEach(LearnedConvolution::begin);
    observing().forEach(LearnedBatchNormalization::begin);
    running().forEach(RunningStatistics::begin);
  }

  private Stream<LearnedBatchNormalization> observing() {
    return batches.stream().filter(batch -> batch != null && batch.learns());
  }

  private Stream<RunningStatistics> running() {
    return observing().map(LearnedBatchNormalization::running);
  }

  /** Starts with a share of a batch. */
  void beginShare() {
    running().forEach(RunningStatistics::beginShare);
  }

  /** Ends a share of a batch, which is a given part of its images. */
  void endShare(double part) {
    running().forEach(statistics -> statistics.endShare(part));
  }

  /** Takes over the running statistics of a step. */
  void step() {
    running().forEach(RunningStatistics::step);
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
    memory.reserve(count);
    Maps in = memory.input(count);
    in.copyFrom(pixels, from, team);
    for (int i = 0; i < stages.size(); i++) {
      Maps out = memory.kept(i, count);
      forward(i, in, out);
      in = out;
    }
    return in;
  }

  private void forward(int index, Maps in, Maps out) {
    Stage stage = stages.get(index);
    LearnedConvolution convolution = convolutions.get(index);
    Panels panels = convolution.panels(team, workspace);
    if (observes(index)) {
      Maps z = memory.linear(index, in.images());
      convolution.forwardLinear(panels, in, z, team, workspace);
      batches.get(index).observe(z, team, workspace);
    }
    Maps before = stage.normalization() == null ? null : memory.unnormalized(index, in.images());
    if (!stage.pools()) {
      activate(index, panels, in, 0, out);
      return;
    }
    if (poolsAtOnce(index)) {
      Maps z = memory.linear(index, in.images());
      batches.get(index).pool(z, out, memory.choices(index), team, workspace);
      return;
    }
    boolean plain = before == null && batches.get(index) == null;
    if (index < lowest && plain && convolution.poolsAtOnce()) {
      convolution.forwardPooled(panels, in, out, team, workspace);
      return;
    }
    Maps whole = memory.unpooled(index, in.images());
    for (int i = 0; i < in.images(); i += whole.images()) {
      int count = Math.min(whole.images(), in.images() - i);
      Maps some = whole.slice(0, count);
      if (before == null) {
        activate(index, panels, in, i, some);
      } else {
        Maps own = before.slice(i, count);
        activate(index, panels, in, i, own);
        new Normalization(stage.normalization()).run(own, some, team, workspace);
      }
      LearnedPooling.forward(some, out.slice(i, count), memory.choices(index), team);
    }
  }

  /** Returns whether a stage's batch normalization and pooling are one pass. */
  private boolean poolsAtOnce(int index) {
    Stage stage = stages.get(index);
    return observes(index) && stage.pools() && stage.normalization() == null;
  }

  /** Writes the activations of a stage's ReLU for as many images as there is room for. */
  private void activate(int index, Panels panels, Maps in, int firstImage, Maps out) {
    LearnedConvolution convolution = convolutions.get(index);
    LearnedBatchNormalization batch = batches.get(index);
    Maps some = in.slice(firstImage, out.images());
    if (batch == null) {
      convolution.forward(panels, some, out, team, workspace);
    } else if (batch.learns()) {
      batch.activate(memory.linear(index, in.images()).slice(firstImage, out.images()), out, team);
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
      Maps in = i == 0 ? memory.input(count) : memory.kept(i - 1, count);
      Panels turned = i > lowest ? convolution.turned(team, workspace) : null;
      boolean whole = !stages.get(i).pools() || poolsAtOnce(i);
      int together = whole ? count : memory.unpooled(i, count).images();
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
    Maps z = memory.linear(index, count);
    batch.beginGradients(count);
    if (poolsAtOnce(index)) {
      Maps dy = memory.kept(index, count);
      batch.addPooledGradients(dy, memory.choices(index), z, team, workspace);
    } else {
      for (int image = 0; image < count; image += together) {
        int some = Math.min(together, count - image);
        Maps gradient = activationGradient(index, image, some, count);
        batch.addGradients(gradient, z.slice(image, some), image, team, workspace);
      }
    }
    batch.endGradients(z.shape().height() * z.shape().width());
  }

  /** Returns the gradients of what a stage's ReLU received, of some images. */
  private Maps activationGradient(int index, int image, int some, int count) {
    Stage stage = stages.get(index);
    Maps dy = memory.kept(index, count).slice(image, some);
    if (!stage.pools()) {
      return dy;
    }
    Maps outputs = memory.unpooled(index, count).slice(0, some);
    LearnedPooling.backward(dy, memory.choices(index), outputs, team);
    if (stage.normalization() != null) {
      Maps before = memory.unnormalized(index, count).slice(image, some);
      new Normalization(stage.normalization()).backward(true, before, outputs, outputs, team);
    }
    return outputs;
  }

  /** Returns the gradients of what a stage's convolution has produced, of some images. */
  private Maps linearGradient(int index, int image, int some, int count) {
    if (poolsAtOnce(index)) {
      Maps z = memory.linear(index, count);
      Maps dy = memory.kept(index, count);
      batches.get(index).backwardPooled(dy, memory.choices(index), z, team, workspace);
      return z;
    }
    Maps outputs = activationGradient(index, image, some, count);
    LearnedBatchNormalization batch = batches.get(index);
    if (batch == null) {
      return outputs;
    }
    Maps z = batch.learns() ? memory.linear(index, count).slice(image, some) : outputs;
    batch.backward(outputs, z, team);
    return z;
  }

  /** Writes the gradients of all weights at the end of a step. */
  void finish() {
    convolutions.forEach(convolution -> convolution.finish(team, workspace));
  }
}
