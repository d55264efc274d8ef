package verydeep.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object of a class that is not known here, such as an {@code argparse.Namespace}, a scheduler
 * or a whole {@code nn.Module}: what the pickle made it of, and nothing that could act.
 */
final class InertObject implements PickledArrays.Container {

  private final Map<Object, Object> items = new LinkedHashMap<>(2);
  private Object state = Pickle.NONE;

  /** Returns the values it holds by key, as a dictionary of some class does. */
  Map<Object, Object> items() {
    return items;
  }

  void state(Object state) {
    this.state = state;
  }

  /** Returns what may hold tensors: its items, and its attributes. */
  @Override
  public List<Object> contents() {
    return List.of(items, state);
  }
}
