package verydeep.weights;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the pickle of a dictionary of tensors as torch.save does. */
final class PickleWriter {

  /** A tensor over a storage; every number may be a lie. */
  record View(
      String name,
      String type,
      String key,
      long numbers,
      long first,
      List<Long> sizes,
      List<Long> strides) {

    View numbers(long other) {
      return new View(name, type, key, other, first, sizes, strides);
    }

    View first(long other) {
      return new View(name, type, key, numbers, other, sizes, strides);
    }

    View sizes(List<Long> other) {
      return new View(name, type, key, numbers, first, other, strides);
    }

    View strides(List<Long> other) {
      return new View(name, type, key, numbers, first, sizes, other);
    }

    View type(String other) {
      return new View(name, other, key, numbers, first, sizes, strides);
    }

    View key(String other) {
      return new View(name, type, other, numbers, first, sizes, strides);
    }

    View name(String other) {
      return new View(other, type, key, numbers, first, sizes, strides);
    }
  }

  private PickleWriter() {}

  /** Tensors of a narrow network A, each over a storage of its own. */
  static List<View> views() {
    List<View> views = new ArrayList<>();
    for (Map.Entry<String, List<Integer>> shape : Hostile.shapes(Naming.TORCHVISION).entrySet()) {
      List<Long> sizes = shape.getValue().stream().map(Integer::longValue).toList();
      String key = "" + views.size();
      views.add(
          new View(
              shape.getKey(),
              "FloatStorage",
              key,
              Hostile.count(shape.getValue()),
              0,
              sizes,
              contiguous(sizes)));
    }
    return views;
  }

  private static List<Long> contiguous(List<Long> sizes) {
    List<Long> strides = new ArrayList<>();
    long step = 1;
    for (int i = sizes.size() - 1; i >= 0; i--) {
      strides.add(0, step);
      step *= sizes.get(i);
    }
    return strides;
  }

  /** The program, before which some instructions stand. */
  static byte[] program(byte[] before, List<View> views) {
    Octets code = new Octets().put(0x80, 2).all(before).put('}', '(');
    for (View view : views) {
      code.all(text(view.name())).all(global("torch._utils", "_rebuild_tensor_v2")).put('(', '(');
      code.all(text("storage")).all(global("torch", view.type())).all(text(view.key()));
      code.all(text("cpu")).all(number(view.numbers())).put('t', 'Q').all(number(view.first()));
      code.all(numbers(view.sizes())).all(numbers(view.strides())).put(0x89);
      code.all(global("collections", "OrderedDict")).put(')', 'R', 't', 'R');
    }
    return code.put('u', '.').toBytes();
  }

  static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Octets().put('X').u32(bytes.length).all(bytes).toBytes();
  }

  static byte[] global(String module, String name) {
    return new Octets().put('c').text(module + "\n" + name + "\n").toBytes();
  }

  private static byte[] numbers(List<Long> numbers) {
    Octets tuple = new Octets().put('(');
    numbers.forEach(number -> tuple.all(number(number)));
    return tuple.put('t').toBytes();
  }

  /** As a whole number of eight bytes. */
  static byte[] number(long number) {
    return new Octets().put(0x8a, 8).u64(number).toBytes();
  }
}
