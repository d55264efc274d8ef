package verydeep.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NumberType;
import verydeep.internal.files.WeightFile;

/**
 * The objects a PyTorch file's pickle may name: storages of numbers, tensors over them, and ordered
 * dictionaries. Everything else is rejected by name.
 */
final class TorchObjects implements Pickle.Calls {

  private static final String ORDERED = "collections.OrderedDict";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";
  private static final String TENSOR = "torch._utils._rebuild_tensor";
  private static final String NEWER_TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final Set<String> CALLED = Set.of(ORDERED, PARAMETER, TENSOR, NEWER_TENSOR);

  private static final int MOST_DIMENSIONS = 8;

  /**
   * The most pairs in all calls together: a short program could repeat one call with a long list.
   */
  private static final int MOST_PAIRS = 100_000;

  /** The storage classes, with the bytes per number; those with null types are skipped. */
  private static final Map<String, Numbers> STORAGES =
      Map.of(
          "FloatStorage", new Numbers(NumberType.F32, 4),
          "HalfStorage", new Numbers(NumberType.F16, 2),
          "BFloat16Storage", new Numbers(NumberType.BF16, 2),
          "DoubleStorage", new Numbers(NumberType.F64, 8),
          "LongStorage", new Numbers(null, 8),
          "IntStorage", new Numbers(null, 4),
          "ShortStorage", new Numbers(null, 2),
          "ByteStorage", new Numbers(null, 1),
          "CharStorage", new Numbers(null, 1),
          "BoolStorage", new Numbers(null, 1));

  /** The type of a storage's numbers and their size in bytes. */
  record Numbers(NumberType type, int bytes) {}

  /** A storage by key; the file states elsewhere where its bytes are. */
  record Storage(String key, Numbers numbers, long size) {
    long bytes() {
      return size * numbers.bytes();
    }
  }

  /** A tensor over a part of a storage. */
  record View(Storage storage, long first, List<Integer> sizes, long offset) {

    /** Returns the tensor over the bytes of its storage. */
    WeightFile.Stored over(Cursor bytes) throws Malformed {
      Numbers numbers = storage.numbers();
      long size = sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
      Cursor part = bytes.at(bytes.position() + first * numbers.bytes(), size * numbers.bytes());
      return new WeightFile.Stored(numbers.type().tensor(sizes, part.buffer()), part.position());
    }
  }

  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private int pairs;

  /** Returns the storages the program referred to, by key. */
  Map<String, Storage> storages() {
    return storages;
  }

  @Override
  public boolean knows(Pickle.Global name) {
    return CALLED.contains(name.toString())
        || (name.module().equals("torch") && STORAGES.containsKey(name.name()));
  }

  @Override
  public Object call(Pickle.Global function, List<?> arguments, long offset) throws Malformed {
    return switch (function.toString()) {
      case ORDERED -> ordered(arguments, offset);
      case TENSOR, NEWER_TENSOR -> view(arguments, offset);
      case PARAMETER -> parameter(arguments, offset);
      default ->
          throw new Malformed(offset, "The file calls " + function + ", which is not a function.");
    };
  }

  @Override
  public Object persistent(Object id, long offset) throws Malformed {
    if (!(id instanceof List<?> tuple)
        || tuple.size() < 5
        || tuple.size() > 6
        || !"storage".equals(tuple.get(0))
        || !(tuple.get(1) instanceof Pickle.Global type)
        || !(tuple.get(2) instanceof String key)
        || !(tuple.get(4) instanceof Long size)) {
      throw new Malformed(offset, "A storage is not described in PyTorch's way.");
    }
    if (tuple.size() == 6 && tuple.get(5) != Pickle.NONE) {
      throw new Malformed(offset, "A storage is a part of another one.");
    }
    Numbers numbers = type.module().equals("torch") ? STORAGES.get(type.name()) : null;
    if (numbers == null || size < 0 || size > Integer.MAX_VALUE) {
      throw new Malformed(
          offset,
          "A storage has the type " + type + " and " + size + " numbers, which cannot be read.");
    }
    Storage storage = new Storage(key, numbers, size);
    Storage before = storages.putIfAbsent(key, storage);
    if (before != null && !before.equals(storage)) {
      throw new Malformed(offset, "Storage " + key + " is described in two different ways.");
    }
    return storage;
  }

  private Object ordered(List<?> arguments, long offset) throws Malformed {
    Map<Object, Object> map = new LinkedHashMap<>(2);
    if (arguments.isEmpty()) {
      return map;
    }
    if (arguments.size() != 1 || !(arguments.get(0) instanceof List<?> items)) {
      throw new Malformed(offset, "An ordered dictionary is not made of pairs.");
    }
    for (Object pair : items) { // as Python 2 wrote it
      if (++pairs > MOST_PAIRS) {
        throw new Malformed(
            offset, "Ordered dictionaries have more than " + MOST_PAIRS + " values.");
      }
      if (!(pair instanceof List<?> two)
          || two.size() != 2
          || !(two.get(0) instanceof String key)) {
        throw new Malformed(offset, "An ordered dictionary is not made of names and values.");
      }
      map.put(key, two.get(1));
    }
    return map;
  }

  private static Object parameter(List<?> arguments, long offset) throws Malformed {
    if (arguments.isEmpty() || !(arguments.get(0) instanceof View view)) {
      throw new Malformed(offset, "A parameter is not a tensor.");
    }
    return view;
  }

  private static Object view(List<?> arguments, long offset) throws Malformed {
    if (arguments.size() < 4
        || !(arguments.get(0) instanceof Storage storage)
        || !(arguments.get(1) instanceof Long first)
        || !(arguments.get(2) instanceof List<?> sizes)
        || !(arguments.get(3) instanceof List<?> strides)
        || sizes.size() != strides.size()
        || sizes.size() > MOST_DIMENSIONS) {
      throw new Malformed(offset, "A tensor is not described in PyTorch's way.");
    }
    List<Integer> shape = new ArrayList<>();
    long step = 1;
    for (int i = sizes.size() - 1; i >= 0; i--) {
      if (!(sizes.get(i) instanceof Long size)
          || !(strides.get(i) instanceof Long stride)
          || size < 0
          || size > Integer.MAX_VALUE) {
        throw new Malformed(offset, "A tensor has the sizes " + brief(sizes) + ".");
      }
      if (size > 1 && stride != step) {
        throw new Malformed(
            offset, "A tensor is not contiguous. Call contiguous() before torch.save.");
      }
      shape.add(0, (int) (long) size);
      step *= size;
      if (step > storage.size()) {
        throw tooLarge(storage, offset);
      }
    }
    if (first < 0 || first > storage.size() - step) {
      throw tooLarge(storage, offset);
    }
    return new View(storage, first, shape, offset);
  }

  private static Malformed tooLarge(Storage storage, long offset) {
    return new Malformed(
        offset,
        "A tensor is larger than its storage "
            + storage.key()
            + " of "
            + storage.size()
            + " numbers.");
  }

  private static String brief(List<?> sizes) {
    return sizes.stream().map(s -> s instanceof Long ? s.toString() : "?").toList().toString();
  }
}
