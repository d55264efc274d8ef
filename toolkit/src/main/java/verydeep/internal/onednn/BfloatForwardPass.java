package verydeep.internal.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.engine.kind;
import org.bytedeco.dnnl.stream;
import verydeep.VerydeepException;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * The forward pass in bfloat16: weights, biases aside, and maps have 8 significant bits; products
 * are summed in 32 bits, and scores stay in 32. An image with a pixel that is not finite is
 * answered with NaN.
 */
final class BfloatForwardPass implements ForwardPass {

  /** Shapes of batches whose primitives are kept. */
  private static final int PROGRAMS = 8;

  private final Vgg network;
  private final engine cpu = new engine(kind.cpu, 0);
  private final stream queue = new stream(cpu);
  private final Map<String, PackedWeights> weights = new HashMap<>();
  private final List<Area> areas = List.of(new Area(cpu), new Area(cpu), new Area(cpu));
  private final Map<Key, Program> programs = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  /** What a program depends on. */
  private record Key(List<Integer> shape, List<Integer> taps) {}

  BfloatForwardPass(Parameters parameters) {
    network = parameters.network();
    try {
      List<Layer> layers = network.layers();
      for (int i = 0; i < layers.size(); i++) {
        FoldedWeights folded = folded(layers, i, parameters);
        if (folded != null) {
          weights.put(layers.get(i).name(), new PackedWeights(cpu, queue, folded));
        }
      }
      int side = network.input();
      program(List.of(1, side, side), List.of(layers.size() - 1)).pack(weights, queue);
    } catch (RuntimeException | Error e) {
      close(); // some of the weights may be in native memory
      throw e;
    }
  }

  private static FoldedWeights folded(List<Layer> layers, int index, Parameters parameters) {
    Layer layer = layers.get(index);
    if (layer instanceof Layer.Convolution convolution) {
      Layer next = index + 1 < layers.size() ? layers.get(index + 1) : null;
      var normalization = next instanceof Layer.BatchNormalization found ? found : null;
      return FoldedWeights.of(convolution, normalization, parameters);
    }
    return layer instanceof Layer.FullyConnected connected
        ? FoldedWeights.of(connected, parameters)
        : null;
  }

  private Program program(List<Integer> shape, List<Integer> taps) {
    Key key = new Key(shape, List.copyOf(taps));
    Program program = programs.get(key);
    if (program == null) {
      program = new Program(cpu, areas, network, shape, taps);
      programs.put(key, program);
      if (programs.size() > PROGRAMS) {
        Iterator<Program> eldest = programs.values().iterator();
        eldest.next().close();
        eldest.remove();
      }
    }
    return program;
  }

  @Override
  public Vgg network() {
    return network;
  }

  @Override
  public String arithmetic() {
    return "bfloat16 by oneDNN on " + Processor.instructions();
  }

  @Override
  public long bytes() {
    return closed ? 0 : weights.values().stream().mapToLong(PackedWeights::bytes).sum();
  }

  @Override
  public List<Activations> run(
      FloatBuffer pixels, int images, int height, int width, List<String> layers) {
    network.checkImage(height, width);
    if (closed) {
      throw new VerydeepException("This forward pass of " + network.label() + " is closed.");
    }
    long size = 3L * height * width;
    if (images < 1 || pixels.remaining() < images * size) {
      throw new VerydeepException(
          String.format(
              "%d images of %dx%d pixels need %d numbers, and at least one image; the buffer has"
                  + " %d.",
              images, height, width, images * size, pixels.remaining()));
    }
    List<Integer> taps = layers.stream().map(network::activationIndex).toList();
    Program program;
    Map<Operation, float[]> found;
    try {
      program = program(List.of(images, height, width), taps);
      found = program.run(pixels, weights, queue);
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) { // JavaCPP throws no other for what oneDNN throws
      throw new VerydeepException(
          String.format(
              "oneDNN cannot compute %d images of %dx%d pixels by %s in bfloat16: %s. Fewer images"
                  + " at once need less memory.",
              images, height, width, network.label(), e.getMessage()),
          e);
    }
    List<Activations> activations = new ArrayList<>();
    for (int i = 0; i < taps.size(); i++) {
      int tap = taps.get(i);
      Operation from = found.keySet().stream().filter(o -> o.gives(tap)).findAny().orElseThrow();
      MapShape shape = program.shape(from);
      activations.add(new Activations(layers.get(i), images, shape, found.get(from)));
    }
    return List.copyOf(activations);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      programs.values().forEach(Program::close);
      programs.clear();
      weights.values().forEach(PackedWeights::close);
      areas.forEach(Area::close);
      queue.close();
      cpu.close();
    }
  }

  @Override
  public String toString() {
    return String.format(
        "VGG %s, %s, %.1f MB of packed weights", network.label(), arithmetic(), bytes() / 1e6);
  }
}
