package verydeep.internal.cpu;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import verydeep.VerydeepException;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.LayerGradients;
import verydeep.network.ImageTooSmallException;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * A network with fixed weights, as in testing, and the gradients of a loss with respect to its
 * input and to the activations of its layers. The weights of a layer are transformed when it is
 * first needed, so that the layers above those asked for cost nothing.
 *
 * <p>The results have the same bits for any number of threads, and those of an image do not depend
 * on the others of its batch. One thread at a time may use a pass.
 */
public final class GradientPass implements LayerGradients {

  private final Vgg network;
  private final Winograd form;
  private final Team team;
  private Plan plan;
  private Workspace workspace;
  private MapStores activations = new MapStores();
  private MapStores gradients = new MapStores();
  private List<Plan.Planned> steps = List.of();

  /** The network's input, and the result of each step. */
  private final List<Maps> levels = new ArrayList<>();

  /** The level of each layer that was asked for. */
  private final Map<String, Integer> known = new LinkedHashMap<>();

  GradientPass(Parameters parameters, Winograd form, Team team) {
    this.network = parameters.network();
    this.form = form;
    this.team = team;
    plan = Plan.backward(parameters, form, team);
    workspace = new Workspace(team.size());
  }

  /**
   * Describes the arithmetic.
   *
   * @return such as {@code F(4x4, 3x3) on vectors of 512 bits, 2 threads}
   */
  @Override
  public String arithmetic() {
    return CpuForwardPass.describe(form, team);
  }

  /**
   * Runs a batch up to the last of some layers, and keeps what {@link #backward} needs until the
   * next call.
   *
   * @param input batch x 3 x height x width preprocessed numbers
   * @param batch how many images, at least 1
   * @param height their height in pixels
   * @param width their width in pixels
   * @param layers the names of the layers, at least one; {@code conv5_3} and {@code fc7} mean the
   *     activation after the ReLU
   * @return the activations by layer
   * @throws VerydeepException if the network has no such layer
   * @throws ImageTooSmallException if the images are smaller than the window of the last layer
   */
  @Override
  public Map<String, Activations> forward(
      float[] input, int batch, int height, int width, Set<String> layers) {
    checkOpen();
    long needed = 3L * batch * height * width;
    if (batch < 1 || height < 1 || width < 1 || input.length != needed || layers.isEmpty()) {
      throw new VerydeepException(
          String.format(
              "A pass needs at least one layer and one image, and %d images of %dx%d pixels have %d"
                  + " numbers; %d numbers were given, and the layers %s.",
              batch, height, width, needed, input.length, layers));
    }
    Map<String, Integer> indices = new LinkedHashMap<>();
    layers.forEach(layer -> indices.put(layer, network.activationIndex(layer)));
    checkSize(height, width, indices.values());
    team.take();
    try {
      run(input, batch, new MapShape(3, height, width), indices.values());
      return taken(indices);
    } finally {
      team.release();
    }
  }

  private void checkOpen() {
    if (plan == null) {
      throw new VerydeepException("This pass of VGG " + network.label() + " is closed.");
    }
  }

  private static void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("The thread was interrupted.");
    }
  }

  /** The fully connected layers need the whole window, the others a pixel of the last map. */
  private void checkSize(int height, int width, Collection<Integer> indices) {
    int last = indices.stream().mapToInt(index -> index).max().orElseThrow();
    int smallest = 1;
    for (Layer layer : network.layers().subList(0, last + 1)) {
      smallest *= layer.stride();
      if (layer instanceof Layer.FullyConnected) {
        smallest = network.smallestImage();
      }
    }
    if (Math.min(height, width) < smallest) {
      String name = network.layers().get(last).name() + " in " + network.label();
      throw new ImageTooSmallException(height, width, smallest, name);
    }
  }

  private void run(float[] input, int batch, MapShape image, Collection<Integer> indices) {
    known.clear();
    levels.clear();
    steps = plan.steps(new HashSet<>(indices));
    Maps in = activations.maps(0, batch, image, 3);
    in.clearBorders(team);
    in.copyFrom(FloatBuffer.wrap(input), 0, team);
    levels.add(in);
    for (Plan.Planned planned : steps) {
      checkInterrupt();
      MapShape shape = planned.step().output(in.shape());
      Maps out = activations.maps(levels.size(), batch, shape, Maps.pixel(shape));
      planned.step().run(in, out, team, workspace);
      levels.add(out);
      in = out;
    }
  }

  private Map<String, Activations> taken(Map<String, Integer> indices) {
    Map<String, Activations> taken = new LinkedHashMap<>();
    indices.forEach(
        (layer, index) -> {
          int level = 1;
          while (!steps.get(level - 1).gives(index)) {
            level++;
          }
          known.put(layer, level);
          Maps maps = levels.get(level);
          taken.put(layer, new Activations(layer, maps.images(), maps.shape(), values(maps)));
        });
    known.put(INPUT, 0);
    return taken;
  }

  private float[] values(Maps maps) {
    int size = Math.toIntExact(maps.shape().size());
    float[] values = new float[Math.multiplyExact(maps.images(), size)];
    team.run(maps.images(), (image, member) -> maps.copyTo(image, values, image * size));
    return values;
  }

  /**
   * Returns gradients for the last batch; may be called several times.
   *
   * @param seeds the loss's own gradient at some of the layers given to {@link #forward}, each as
   *     large as that layer's activations
   * @param wanted {@link #INPUT}, or layers given to {@link #forward}
   * @return the gradient of the loss at each wanted layer, zeros where no seed reaches it
   */
  @Override
  public Map<String, float[]> backward(Map<String, float[]> seeds, Set<String> wanted) {
    checkOpen();
    seeds.forEach(
        (layer, seed) -> {
          Maps maps = levels.get(level(layer));
          long size = maps.images() * maps.shape().size();
          if (seed.length != size) {
            throw new VerydeepException(
                String.format(
                    "The gradient at %s has %d numbers, and its activations have %d.",
                    layer, seed.length, size));
          }
        });
    Map<String, float[]> found = new LinkedHashMap<>();
    for (String layer : wanted) {
      Maps maps = levels.get(level(layer));
      found.put(layer, new float[Math.toIntExact(maps.images() * maps.shape().size())]);
    }
    team.take();
    try {
      run(seeds, found);
    } finally {
      team.release();
    }
    return found;
  }

  private int level(String layer) {
    Integer level = known.get(layer);
    if (level == null) {
      throw new VerydeepException(
          String.format(
              "The last batch did not run with layer %s, but with %s.", layer, known.keySet()));
    }
    return level;
  }

  private void run(Map<String, float[]> seeds, Map<String, float[]> found) {
    int top = seeds.keySet().stream().mapToInt(this::level).max().orElse(-1);
    int lowest = found.keySet().stream().mapToInt(this::level).min().orElse(top + 1);
    Maps above = null;
    for (int level = top; level >= lowest; level--) {
      checkInterrupt();
      Maps maps = levels.get(level);
      Maps gradient =
          gradients.maps(level % 2, maps.images(), maps.shape(), Maps.pixel(maps.shape()));
      if (above == null) {
        gradient.clear(team);
      } else {
        Step step = steps.get(level).step();
        step.backward(maps, levels.get(level + 1), above, gradient, team, workspace);
      }
      int size = Math.toIntExact(maps.shape().size());
      for (String layer : known.keySet()) {
        if (level(layer) == level && seeds.containsKey(layer)) {
          float[] seed = seeds.get(layer);
          team.run(maps.images(), (image, member) -> gradient.add(image, seed, image * size));
        }
      }
      for (String layer : found.keySet()) {
        if (level(layer) == level) {
          float[] values = found.get(layer);
          team.run(maps.images(), (image, member) -> gradient.copyTo(image, values, image * size));
        }
      }
      above = gradient;
    }
  }

  /** Releases the memory. */
  @Override
  public void close() {
    plan = null;
    workspace = null;
    activations = null;
    gradients = null;
    steps = List.of();
    levels.clear();
    known.clear();
  }
}
