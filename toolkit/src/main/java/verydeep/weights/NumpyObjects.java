package verydeep.weights;

import java.util.List;
import java.util.Set;
import verydeep.internal.files.Malformed;

/**
 * The objects of NumPy's pickles that are known: arrays of numbers and of objects, and the types of
 * their elements. Everything else is inert.
 */
final class NumpyObjects implements Pickle.Calls {

  private static final Set<String> MADE =
      Set.of("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct");
  private static final Set<String> OF_BYTES =
      Set.of("numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer");
  private static final String TYPE = "numpy.dtype";
  private static final String ENCODED = "_codecs.encode";

  /** An array whose state comes later: numbers, or objects. */
  private static final class Unfinished implements PickledArrays.Container {
    private Object content = Pickle.NONE;

    @Override
    public List<Object> contents() {
      return List.of(content);
    }
  }

  @Override
  public Object call(Object function, List<?> arguments, long offset) throws Malformed {
    String name = function.toString();
    if (MADE.contains(name)) {
      return new Unfinished();
    } else if (name.equals(TYPE)
        && !arguments.isEmpty()
        && arguments.get(0) instanceof String type) {
      return new NumpyArray.ElementType(type);
    } else if (name.equals(ENCODED) && !arguments.isEmpty()) {
      return arguments.get(0); // bytes that a newer Python wrote for an older one, as text
    } else if (OF_BYTES.contains(name) && arguments.size() == 4) {
      boolean byColumns = "F".equals(arguments.get(3));
      return NumpyArray.of(arguments.get(2), arguments.get(1), byColumns, arguments.get(0), offset);
    }
    return new InertObject();
  }

  /** Gives an array (version, shape, type, by columns, content), and a type its byte order. */
  @Override
  public void build(Object made, Object state, long offset) throws Malformed {
    if (made instanceof NumpyArray.ElementType type) {
      type.order(state);
    } else if (made instanceof Unfinished array
        && state instanceof List<?> list
        && list.size() == 5) {
      Object content = list.get(4);
      array.content =
          content instanceof List<?> objects
              ? objects.size() == 1 ? objects.get(0) : objects
              : NumpyArray.of(
                  list.get(1), list.get(2), Boolean.TRUE.equals(list.get(3)), content, offset);
    } else if (made instanceof InertObject object) {
      object.state(state);
    }
  }

  @Override
  public Object persistent(Object id, long offset) {
    return new InertObject();
  }
}
