package verydeep.internal.cpu;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import verydeep.VerydeepException;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.MapShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * The forward pass with this package's kernels. The first layers, whose maps are large and whose
 * weights are small, run for a few images at a time, so that the caches hold the maps; later ones,
 * whose weights are large, run for all images together. The results are bit for bit the same either
 * way.
 */
final class CpuForwardPass implements ForwardPass {

  /** The size of weights that stay in the cache from one image to the next. */
  private static final long SMALL_WEIGHTS = 10_000_000;

  /** The size of maps that the cache holds. */
  private static final long SMALL_MAPS = 8_000_000;

  private final Vgg network;
  private final Winograd form;
  private final Team team;
  private Plan plan;
  private Workspace workspace;

  CpuForwardPass(Parameters parameters, Winograd form, Team team) {
    this.network = parameters.network();
    this.form = form;
    this.team = team;
    team.take();
    try {
      plan = Plan.forward(parameters, form, team);
      workspace = new Workspace(team.size());
    } finally {
      team.release();
    }
  }

  @Override
  public Vgg network() {
    return network;
  }

  @Override
  public String arithmetic() {
    return describe(form, team);
  }

  /** Describes the arithmetic of a form. */
  static String describe(Winograd form, Team team) {
    return String.format(
        Locale.ROOT,
        "%s on vectors of %d bits, %d threads",
        form,
        32 * GemmKernel.LANES,
        team.size());
  }

  @Override
  public long bytes() {
    return plan == null ? 0 : plan.bytes();
  }

  @Override
  public List<Activations> run(
      FloatBuffer pixels, int images, int height, int width, List<String> layers) {
    network.checkImage(height, width);
    if (plan == null) {
      throw new VerydeepException("This forward pass of " + network.label() + " is closed.");
    }
    long needed = 3L * images * height * width;
    if (pixels.remaining() < needed || images < 1) {
      throw new VerydeepException(
          images
              + " images of "
              + height
              + "x"
              + width
              + " pixels need "
              + needed
              + " numbers, and at least one image; the buffer has "
              + pixels.remaining()
              + ".");
    }
    List<Integer> taps = layers.stream().map(network::activationIndex).toList();
    Map<Integer, Activations> taken = new HashMap<>();
    team.take();
    try {
      run(pixels.slice(), new MapShape(3, height, width), images, taps, taken);
    } finally {
      team.release();
    }
    List<Activations> activations = new ArrayList<>();
    for (int i = 0; i < taps.size(); i++) {
      Activations found = taken.get(taps.get(i));
      activations.add(new Activations(layers.get(i), images, found.shape(), found.values()));
    }
    return List.copyOf(activations);
  }

  private void run(
      FloatBuffer pixels,
      MapShape image,
      int images,
      List<Integer> taps,
      Map<Integer, Activations> taken) {
    List<Plan.Planned> steps = plan.steps(new HashSet<>(taps));
    List<MapShape> shapes = new ArrayList<>(List.of(image));
    int early = 0;
    long largest = 1;
    for (Plan.Planned planned : steps) {
      MapShape shape = planned.step().output(shapes.get(shapes.size() - 1));
      shapes.add(shape);
      for (int tap : taps) {
        if (planned.gives(tap)) {
          float[] values = new float[Math.toIntExact(Math.multiplyExact(images, shape.size()))];
          taken.put(tap, new Activations("", images, shape, values));
        }
      }
      if (early == shapes.size() - 2 && planned.step().bytes() <= SMALL_WEIGHTS) {
        early++;
        largest = Math.max(largest, 4L * Maps.size(shape));
      }
    }
    int group = (int) Math.max(1, Math.min(images, SMALL_MAPS / largest));
    Maps joined = maps(2, images, shapes.get(early));
    for (int first = 0; first < images; first += group) {
      int count = Math.min(group, images - first);
      Maps in = input(pixels, image, first, count);
      for (int i = 0; i < early; i++) {
        MapShape shape = shapes.get(i + 1);
        Maps out = i == early - 1 ? joined.slice(first, count) : maps(i % 2, count, shape);
        step(steps.get(i), in, out, first, taken);
        in = out;
      }
    }
    Maps in = joined;
    for (int i = early; i < steps.size(); i++) {
      Maps out = maps(i % 2, images, shapes.get(i + 1));
      step(steps.get(i), in, out, 0, taken);
      in = out;
    }
  }

  private void step(
      Plan.Planned planned, Maps in, Maps out, int first, Map<Integer, Activations> taken) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("The thread was interrupted.");
    }
    planned.step().run(in, out, team, workspace);
    taken.forEach(
        (tap, activations) -> {
          if (planned.gives(tap)) {
            int size = Math.toIntExact(out.shape().size());
            team.run(
                out.images(),
                (image, member) -> out.copyTo(image, activations.values(), (first + image) * size));
          }
        });
  }

  private Maps maps(int store, int images, MapShape shape) {
    return maps(store, images, shape, Maps.pixel(shape));
  }

  private Maps maps(int store, int images, MapShape shape, int pixel) {
    int size = Math.multiplyExact(images, Maps.size(shape, pixel));
    float[] numbers = workspace.maps(store, size + ImageKernel.PAST);
    return new Maps(numbers, GemmKernel.FIRST, images, shape, pixel);
  }

  private Maps input(FloatBuffer pixels, MapShape shape, int first, int count) {
    Maps maps = maps(3, count, shape, 3);
    maps.clearBorders(team);
    maps.copyFrom(pixels, first, team);
    return maps;
  }

  @Override
  public void close() {
    plan = null;
    workspace = null;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "VGG %s, %s, %.1f MB of transformed weights",
        network.label(),
        arithmetic(),
        bytes() / 1e6);
  }
}
