package verydeep.internal.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import verydeep.network.MapShape;
import verydeep.network.Vgg;

/**
 * The primitives of a network for batches of one shape, up to the last layer that is asked for.
 * Maps alternate between two areas of memory.
 */
final class Program implements AutoCloseable {

  private final PointerScope scope = new PointerScope();
  private final List<Operation> operations;
  private final List<MapShape> shapes = new ArrayList<>();
  private final List<Primitives.Made> made = new ArrayList<>();
  private final int images;

  /**
   * Makes the primitives.
   *
   * @param cpu the processor
   * @param network the network
   * @param shape the number of images, their height and their width
   * @param taps the indices of the layers whose activations are wanted
   */
  Program(engine cpu, Vgg network, List<Integer> shape, List<Integer> taps) {
    images = shape.get(0);
    operations = Operation.of(network.layers(), new HashSet<>(taps));
    boolean whole = false;
    try {
      Primitives primitives = new Primitives(cpu, images);
      shapes.add(new MapShape(3, shape.get(1), shape.get(2)));
      memory.desc source = null;
      for (Operation operation : operations) {
        MapShape from = shapes.get(shapes.size() - 1);
        MapShape to = operation.layer().output(from);
        boolean scores = operation.lastOfSame() == network.layers().size() - 1;
        made.add(primitives.of(operation, from, source, to, scores));
        source = made.get(made.size() - 1).result();
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

  /** Packs all weights as this program reads them. */
  void pack(Map<String, PackedWeights> weights, stream queue) {
    for (int i = 0; i < operations.size(); i++) {
      PackedWeights own = weights.get(operations.get(i).layer().name());
      if (own != null) {
        own.in(made.get(i).weights(), queue);
      }
    }
  }

  /**
   * Computes the activations of a batch. What it makes in native memory is closed with its scope.
   *
   * @param pixels the numbers of the images
   * @param weights the weights by layer
   * @param areas three areas to work in: two for the maps, one for results in 32 bits
   * @param queue what executes
   * @param wanted whose results are returned
   * @return the activations, channels first
   */
  @SuppressWarnings("try") // the scope collects what is made within it
  Map<Operation, float[]> run(
      FloatBuffer pixels,
      Map<String, PackedWeights> weights,
      List<Area> areas,
      stream queue,
      Predicate<Operation> wanted) {
    Map<Operation, float[]> found = new HashMap<>();
    try (PointerScope here = new PointerScope()) {
      memory x = areas.get(0).of(plain(shapes.get(0)));
      floats(x, size(0)).put(pixels.slice().limit(size(0)));
      int area = 1;
      for (int i = 0; i < operations.size(); i++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("The thread was interrupted.");
        }
        Primitives.Made step = made.get(i);
        if (!x.get_desc().equals(step.source())) {
          x = copied(x, areas.get(area), step.source(), queue);
          area = 1 - area;
        }
        memory y = areas.get(area).of(step.result());
        area = 1 - area;
        execute(step, x, y, weights.get(operations.get(i).layer().name()), queue);
        x = y;
        if (wanted.test(operations.get(i))) {
          memory full = copied(y, areas.get(2), plain(shapes.get(i + 1)), queue);
          float[] values = new float[size(i + 1)];
          floats(full, values.length).get(values);
          found.put(operations.get(i), values);
        }
      }
    }
    return found;
  }

  private static void execute(
      Primitives.Made step, memory x, memory y, PackedWeights weights, stream queue) {
    try (IntMemoryMap arguments = new IntMemoryMap()) {
      arguments.put(dnnl.DNNL_ARG_SRC, x);
      arguments.put(dnnl.DNNL_ARG_DST, y);
      if (weights != null) {
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, weights.in(step.weights(), queue));
        arguments.put(dnnl.DNNL_ARG_BIAS, weights.bias());
      }
      step.work().execute(queue, arguments);
      queue._wait();
    }
  }

  private static memory copied(memory x, Area area, memory.desc layout, stream queue) {
    memory y = area.of(layout);
    new reorder(x, y).execute(queue, x, y);
    queue._wait();
    return y;
  }

  private static FloatBuffer floats(memory maps, int count) {
    return new FloatPointer(maps.get_data_handle()).capacity(count).asBuffer();
  }

  /** Returns the shape of an operation's result. */
  MapShape shape(Operation operation) {
    return shapes.get(operations.indexOf(operation) + 1);
  }

  private int size(int index) {
    return Math.toIntExact(Math.multiplyExact(images, shapes.get(index).size()));
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
