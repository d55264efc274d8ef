package verydeep.internal.onednn;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import verydeep.network.MapShape;
import verydeep.network.Vgg;

/**
 * The primitives of a network for batches of one shape, up to the last layer that is asked for.
 * Maps alternate between two areas of memory; a third is for results in 32 bits. All that one run
 * can leave to the next is made here: a narrow network's layers take no longer than making it.
 */
final class Program implements AutoCloseable {

  private final PointerScope scope = new PointerScope();
  private final engine cpu;
  private final List<Area> areas;
  private final int images;
  private final List<MapShape> shapes = new ArrayList<>();
  private final List<Operation> operations;
  private final List<Maps> maps = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  /** Maps of a batch, and the area they are in. */
  private record Maps(memory numbers, memory.desc layout, Area area) {}

  /**
   * What is executed: a layer's primitive, or a change of layout.
   *
   * @param work what computes
   * @param from what it reads
   * @param to what it writes
   * @param operation the layers it computes, or whose result it copies
   * @param weights the layout of the layer's weights, or null if it needs none
   * @param result whether what it writes is asked for
   */
  private record Step(
      primitive work,
      Maps from,
      Maps to,
      Operation operation,
      memory.desc weights,
      boolean result) {}

  /**
   * Makes the primitives.
   *
   * @param cpu the processor
   * @param areas three areas to work in: two for the maps, one for results in 32 bits
   * @param network the network
   * @param shape the number of images, their height and their width
   * @param taps the indices of the layers whose activations are wanted
   */
  Program(engine cpu, List<Area> areas, Vgg network, List<Integer> shape, List<Integer> taps) {
    this.cpu = cpu;
    this.areas = areas;
    images = shape.get(0);
    operations = Operation.of(network.layers(), new HashSet<>(taps));
    boolean whole = false;
    try {
      Primitives primitives = new Primitives(cpu, images);
      shapes.add(new MapShape(3, shape.get(1), shape.get(2)));
      Maps x = maps(plain(shapes.get(0)), areas.get(0));
      memory.desc source = null;
      for (Operation operation : operations) {
        MapShape from = shapes.get(shapes.size() - 1);
        MapShape to = operation.layer().output(from);
        boolean scores = operation.lastOfSame() == network.layers().size() - 1;
        Primitives.Made made = primitives.of(operation, from, source, to, scores);
        if (!x.layout().equals(made.source())) {
          x = copied(x, made.source(), other(x), operation, false);
        }
        Maps y = maps(made.result(), other(x));
        steps.add(new Step(made.work(), x, y, operation, made.weights(), false));
        if (taps.stream().anyMatch(operation::gives)) {
          copied(y, plain(to), areas.get(2), operation, true);
        }
        x = y;
        source = made.result();
        shapes.add(to);
      }
      whole = true;
    } finally {
      if (whole) {
        scope.extend(); // until the program is closed
      }
      scope.close();
    }
  }

  private Area other(Maps x) {
    return areas.get(x.area() == areas.get(0) ? 1 : 0);
  }

  private Maps maps(memory.desc layout, Area area) {
    Maps made = new Maps(new memory(layout, cpu, (Pointer) null), layout, area);
    maps.add(made);
    return made;
  }

  private Maps copied(Maps x, memory.desc layout, Area area, Operation operation, boolean result) {
    Maps y = maps(layout, area);
    steps.add(new Step(new reorder(x.numbers(), y.numbers()), x, y, operation, null, result));
    return y;
  }

  /** Packs all weights as this program reads them. */
  void pack(Map<String, PackedWeights> weights, stream queue) {
    for (Step step : steps) {
      if (step.weights() != null) {
        weights.get(step.operation().layer().name()).in(step.weights(), queue);
      }
    }
  }

  /**
   * Computes the activations of a batch. oneDNN's ReLU turns NaN into 0, so those of an image with
   * a pixel that is not finite are NaN here. What it makes in native memory is closed with its
   * scope.
   *
   * @param pixels the numbers of the images
   * @param weights the weights by layer
   * @param queue what executes
   * @return the activations that are wanted, channels first
   */
  @SuppressWarnings("try") // the scope collects what is made within it
  Map<Operation, float[]> run(
      FloatBuffer pixels, Map<String, PackedWeights> weights, stream queue) {
    Map<Operation, float[]> found = new HashMap<>();
    try (PointerScope here = new PointerScope()) {
      maps.forEach(x -> x.area().reserve(x.layout().get_size()));
      maps.forEach(x -> x.numbers().set_data_handle(x.area().data()));
      boolean[] finite = read(pixels);
      for (Step step : steps) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("The thread was interrupted.");
        }
        execute(step, weights, queue);
        if (step.result()) {
          found.put(step.operation(), values(step, finite));
        }
      }
    }
    return found;
  }

  /** Copies the pixels to where the first step reads them, and returns which images are finite. */
  private boolean[] read(FloatBuffer pixels) {
    Pointer data = maps.get(0).area().data();
    int count = count(shapes.get(0));
    new FloatPointer(data).capacity(count).asBuffer().put(pixels.slice().limit(count));
    IntBuffer bits = new IntPointer(data).capacity(count).asBuffer();
    boolean[] finite = new boolean[images];
    int size = count / images;
    for (int image = 0; image < images; image++) {
      finite[image] = Finite.all(bits, image * size, size);
    }
    return finite;
  }

  private static void execute(Step step, Map<String, PackedWeights> weights, stream queue) {
    try (IntMemoryMap arguments = new IntMemoryMap()) {
      arguments.put(dnnl.DNNL_ARG_SRC, step.from().numbers());
      arguments.put(dnnl.DNNL_ARG_DST, step.to().numbers());
      if (step.weights() != null) {
        PackedWeights own = weights.get(step.operation().layer().name());
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, own.in(step.weights(), queue));
        arguments.put(dnnl.DNNL_ARG_BIAS, own.bias());
      }
      step.work().execute(queue, arguments);
      queue._wait();
    }
  }

  private float[] values(Step step, boolean[] finite) {
    float[] values = new float[count(shape(step.operation()))];
    new FloatPointer(step.to().area().data()).capacity(values.length).asBuffer().get(values);
    int size = values.length / images;
    for (int image = 0; image < images; image++) {
      if (!finite[image]) {
        Arrays.fill(values, image * size, (image + 1) * size, Float.NaN);
      }
    }
    return values;
  }

  /** Returns the shape of an operation's result. */
  MapShape shape(Operation operation) {
    return shapes.get(operations.indexOf(operation) + 1);
  }

  /** Returns how many numbers the maps of a batch have. */
  private int count(MapShape shape) {
    return Math.toIntExact(Math.multiplyExact(images, shape.size()));
  }

  private memory.desc plain(MapShape shape) {
    long[] sizes = {images, shape.channels(), shape.height(), shape.width()};
    return new memory.desc(sizes, data_type.f32, format_tag.nchw);
  }

  @Override
  public void close() {
    scope.close();
  }
}
