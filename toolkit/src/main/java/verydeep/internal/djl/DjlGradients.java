package verydeep.internal.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import verydeep.VerydeepException;
import verydeep.internal.devices.Gpus;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.LayerGradients;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.network.NetworkSummary;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * Gradients by DJL's PyTorch engine. The graph is cut after each layer whose activations are
 * wanted, so that a loss may begin, and a gradient be read, at any of them: DJL reads gradients of
 * a graph's first arrays only.
 */
public final class DjlGradients implements LayerGradients {

  private final Vgg network;
  private final NDManager manager;
  private final Map<ParameterShape, NDArray> weights = new HashMap<>();
  private List<Piece> pieces = List.of();
  private NDManager scope;

  /** The part of the graph that ends with a layer. */
  private record Piece(Set<String> layers, NDArray first, NDArray last, int size) {}

  private DjlGradients(Parameters parameters) {
    network = parameters.network();
    boolean gpu = DjlForwardPass.usesGpu();
    manager = NDManager.newBaseManager(gpu ? Device.gpu() : Device.cpu(), "PyTorch");
    WeightLayout layout = gpu ? WeightLayout.CHANNELS_FIRST : WeightLayout.CHANNELS_LAST;
    try {
      Gpus.settle(manager);
      for (ParameterShape shape : network.parameterShapes()) {
        weights.put(shape, NativeTensors.load(manager, parameters.get(shape.name()), layout));
      }
    } catch (RuntimeException | Error e) {
      manager.close(); // half of the weights may be in native memory
      throw e;
    }
  }

  /**
   * Loads weights onto DJL's default device: the first GPU, or the CPU if there is none.
   *
   * @param parameters the weights and their network
   * @return the gradients
   */
  public static DjlGradients of(Parameters parameters) {
    return new DjlGradients(parameters);
  }

  @Override
  public Map<String, Activations> forward(
      float[] input, int batch, int height, int width, Set<String> layers) {
    network.checkImage(height, width);
    NetworkSummary summary = network.summary(height, width);
    Map<Integer, Set<String>> taps = new TreeMap<>();
    for (String layer : layers) {
      int index = network.activationIndex(layer);
      taps.computeIfAbsent(index, i -> new LinkedHashSet<>()).add(layer);
    }
    release();
    scope = manager.newSubManager();
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      Gpus.allowTf32(false);
      NDArray x =
          NativeTensors.copy(scope, FloatBuffer.wrap(input), new Shape(batch, 3, height, width));
      return forward(x, batch, summary, taps);
    } finally {
      JniUtils.setGradMode(gradients);
    }
  }

  private Map<String, Activations> forward(
      NDArray input, int batch, NetworkSummary summary, Map<Integer, Set<String>> taps) {
    Map<String, Activations> activations = new LinkedHashMap<>();
    List<Piece> made = new ArrayList<>();
    List<Layer> order = network.layers().subList(0, Collections.max(taps.keySet()) + 1);
    NDArray first = input;
    first.setRequiresGradient(true);
    NDArray x = first;
    for (int i = 0; i < order.size(); i++) {
      NDArray y = LayerArithmetic.apply(order.get(i), x, weights::get, false);
      if (x != first && x != y) {
        x.close(); // libtorch keeps what it needs to compute gradients
      }
      x = y;
      Set<String> names = taps.get(i);
      if (names != null) {
        MapShape shape = summary.rows().get(i).output();
        float[] values = maps(x).toFloatArray();
        for (String name : names) {
          activations.put(name, new Activations(name, batch, shape, values));
        }
        made.add(new Piece(names, first, x, values.length));
        first = x.stopGradient();
        first.setRequiresGradient(true);
        x = first;
      }
    }
    pieces = List.copyOf(made);
    return activations;
  }

  private static NDArray maps(NDArray x) {
    return x.getShape().dimension() == 4 ? x : x.transpose(0, 2, 1);
  }

  @Override
  public Map<String, float[]> backward(Map<String, float[]> seeds, Set<String> wanted) {
    Map<String, float[]> gradients = new HashMap<>();
    try (NDManager step = manager.newSubManager()) {
      NDArray gradient = null; // of the output of the piece at hand
      for (int i = pieces.size() - 1; i >= 0; i--) {
        Piece piece = pieces.get(i);
        gradient = sum(gradient, piece, seeds, step);
        for (String layer : piece.layers()) {
          if (wanted.contains(layer)) {
            gradients.put(layer, read(gradient, piece.size()));
          }
        }
        gradient = gradient == null ? null : through(piece, gradient, step);
      }
      if (wanted.contains(INPUT)) {
        int size = pieces.isEmpty() ? 0 : (int) pieces.get(0).first().size();
        gradients.put(INPUT, gradient == null ? new float[size] : gradient.toFloatArray());
      }
    }
    for (String layer : wanted) {
      if (!gradients.containsKey(layer)) {
        throw new VerydeepException(
            "The forward pass did not run through layer \"" + layer + "\", so it has no gradient.");
      }
    }
    return gradients;
  }

  private static NDArray sum(
      NDArray later, Piece piece, Map<String, float[]> seeds, NDManager step) {
    NDArray sum = later;
    for (String layer : piece.layers()) {
      float[] seed = seeds.get(layer);
      if (seed != null) {
        NDArray own = seed(seed, piece.last().getShape(), step);
        sum = sum == null ? own : sum.add(own);
      }
    }
    return sum;
  }

  /** From fc6 on arrays are (images, positions, units), and seeds (images, units, positions). */
  private static NDArray seed(float[] values, Shape shape, NDManager step) {
    if (shape.dimension() == 4) {
      return step.create(values, shape);
    }
    return step.create(values, new Shape(shape.get(0), shape.get(2), shape.get(1)))
        .transpose(0, 2, 1);
  }

  private static float[] read(NDArray gradient, int size) {
    return gradient == null ? new float[size] : maps(gradient).toFloatArray();
  }

  private static NDArray through(Piece piece, NDArray gradient, NDManager step) {
    JniUtils.backward((PtNDArray) piece.last(), (PtNDArray) gradient, true, false);
    NDArray found = piece.first().getGradient();
    found.attach(step);
    NDArray own = found.duplicate();
    own.attach(step);
    JniUtils.zeroGrad((PtNDArray) piece.first());
    return own;
  }

  @Override
  public String arithmetic() {
    return "DJL's PyTorch" + (DjlForwardPass.usesGpu() ? " on a GPU" : "");
  }

  private void release() {
    pieces = List.of();
    if (scope != null) {
      scope.close();
      scope = null;
    }
  }

  @Override
  public void close() {
    release();
    manager.close();
    Gpus.empty();
  }
}
