package verydeep.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NumberType;

/**
 * The objects of a PyTorch file's pickle that are known: storages of numbers, tensors over them,
 * and ordered dictionaries. Everything else is inert.
 */
final class TorchObjects implements Pickle.Calls {

  private static final String ORDERED = "collections.OrderedDict";
  private static final Set<String> PARAMETERS =
      Set.of("torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state");
  private static final Set<String> TENSORS =
      Set.of("torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2");
  private static final String OF_A_CLASS = "torch._tensor._rebuild_from_type_v2";

  /** The most numbers in a storage: more than any file holds, and far from overflow. */
  private static final long MOST_NUMBERS = 1L << 40;

  /**
   * The most pairs in all calls together: a short program could repeat one call with a long list.
   */
  private static final int MOST_PAIRS = 100_000;

  /** The storage classes, with the bytes per number; those with null types are skipped. */
  private static final Map<String, Numbers> STORAGES =
      Map.ofEntries(
          Map.entry("FloatStorage", new Numbers(NumberType.F32, 4)),
          Map.entry("HalfStorage", new Numbers(NumberType.F16, 2)),
          Map.entry("BFloat16Storage", new Numbers(NumberType.BF16, 2)),
          Map.entry("DoubleStorage", new Numbers(NumberType.F64, 8)),
          Map.entry("LongStorage", new Numbers(null, 8)),
          Map.entry("IntStorage", new Numbers(null, 4)),
          Map.entry("ShortStorage", new Numbers(null, 2)),
          Map.entry("ByteStorage", new Numbers(null, 1)),
          Map.entry("CharStorage", new Numbers(null, 1)),
          Map.entry("BoolStorage", new Numbers(null, 1)),
          Map.entry("ComplexFloatStorage", new Numbers(null, 8)),
          Map.entry("ComplexDoubleStorage", new Numbers(null, 16)));

  /** The type of a storage's numbers and their size in bytes. */
  record Numbers(NumberType type, int bytes) {}

  /** A storage by key; the file states elsewhere where its bytes are. */
  record Storage(String key, Numbers numbers, long size) {
    long bytes() {
      return size * numbers.bytes();
    }
  }

  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private int pairs;

  /** Returns the storages the program referred to, by key. */
  Map<String, Storage> storages() {
    return storages;
  }

  @Override
  public Object call(Object function, List<?> arguments, long offset) throws Malformed {
    String name = function.toString();
    if (name.equals(ORDERED)) {
      return ordered(arguments, offset);
    } else if (TENSORS.contains(name)) {
      return tensor(arguments, offset);
    } else if (PARAMETERS.contains(name)) {
      return arguments.isEmpty() ? new InertObject() : arguments.get(0);
    }
    boolean wraps =
        name.equals(OF_A_CLASS)
            && arguments.size() > 2
            && arguments.get(0) instanceof Pickle.Global inner
            && !inner.toString().equals(OF_A_CLASS)
            && arguments.get(2) instanceof List;
    return wraps ? call(arguments.get(0), (List<?>) arguments.get(2), offset) : new InertObject();
  }

  /** Returns a tensor; one of unknown numbers, or one that repeats them, is inert. */
  private static Object tensor(List<?> arguments, long offset) throws Malformed {
    boolean known = !arguments.isEmpty() && arguments.get(0) instanceof Storage;
    return known && !TorchView.repeats(arguments)
        ? TorchView.of(arguments, offset)
        : new InertObject();
  }

  /** Gives an object its attributes; those of known ones, such as {@code _metadata}, are unused. */
  @Override
  public void build(Object made, Object state, long offset) {
    if (made instanceof InertObject object) {
      object.state(state);
    }
  }

  @Override
  public Object persistent(Object id, long offset) throws Malformed {
    if (id instanceof List<?> module && module.size() == 4 && "module".equals(module.get(0))) {
      return module.get(1); // a class with its source code, as old files of whole modules have
    }
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
      throw new Malformed(
          offset,
          "A storage is a part of another one, as PyTorch before 0.4 had it. Save the file again"
              + " with a newer one.");
    }
    Numbers numbers = type.module().equals("torch") ? STORAGES.get(type.name()) : null;
    if (numbers == null) {
      return new InertObject(); // numbers of a kind that no weights have
    }
    if (size < 0 || size > MOST_NUMBERS) {
      throw new Malformed(offset, "A storage has " + size + " numbers.");
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
}
