package verydeep.weights;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.internal.files.Malformed;

/**
 * The arrays in what a pickle built, wherever they are: in a dictionary, in dictionaries within it,
 * in a whole module's attributes. Their names are the keys that lead to them, joined by dots.
 *
 * @param <T> the type of the arrays
 */
final class PickledArrays<T> {

  /** An object that is no array itself, but may hold some. */
  interface Container {
    /** Returns what it holds, to which no further key leads. */
    List<Object> contents();
  }

  private static final int MOST_ARRAYS = 10_000;
  private static final int DEEPEST = 32;
  private static final int LONGEST_NAME = 500;

  /** The longest list whose elements may be states, or weight and bias; longer ones are values. */
  private static final int LONGEST_LIST = 16;

  private final Class<T> type;
  private final Map<String, T> arrays = new LinkedHashMap<>();
  private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
  private final long offset;

  private PickledArrays(Class<T> type, long offset) {
    this.type = type;
    this.offset = offset;
  }

  /**
   * Returns the arrays by name.
   *
   * @param pickled what the pickle built
   * @param type the type of the arrays
   * @param offset the pickle's position in the file, for errors
   */
  static <T> Map<String, T> of(Object pickled, Class<T> type, long offset) throws Malformed {
    PickledArrays<T> found = new PickledArrays<>(type, offset);
    found.visit("", pickled, 0);
    return found.arrays;
  }

  private void visit(String name, Object value, int depth) throws Malformed {
    if (value instanceof Container container) {
      if (depth < DEEPEST && visited.add(value)) {
        for (Object content : container.contents()) {
          visit(name, content, depth + 1);
        }
      }
    } else if (type.isInstance(value)) {
      add(name, type.cast(value));
    } else if (value instanceof Map<?, ?> map && depth < DEEPEST && visited.add(value)) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        enter(name, entry.getKey().toString(), entry.getValue(), depth);
      }
    } else if (value instanceof List<?> list
        && list.size() <= LONGEST_LIST
        && depth < DEEPEST
        && visited.add(value)) {
      for (int i = 0; i < list.size(); i++) {
        enter(name, "" + i, list.get(i), depth);
      }
    }
  }

  private void enter(String name, String key, Object value, int depth) throws Malformed {
    if (name.length() + key.length() < LONGEST_NAME) {
      visit(name.isEmpty() ? key : name + "." + key, value, depth + 1);
    }
  }

  private void add(String name, T array) throws Malformed {
    if (arrays.put(name, array) != null || arrays.size() > MOST_ARRAYS) {
      throw new Malformed(
          offset,
          "Array \"" + name + "\" appears twice or is one of more than " + MOST_ARRAYS + ".");
    }
  }
}
