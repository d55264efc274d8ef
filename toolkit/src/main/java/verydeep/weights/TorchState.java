package verydeep.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;

/** The dictionary of tensors in the result of a PyTorch file's pickle. */
final class TorchState {

  /** The keys under which training scripts put it when they save more. */
  private static final List<String> WITHIN = List.of("state_dict", "model", "model_state_dict");

  private TorchState() {}

  /**
   * Returns the tensors by name, leaving out integer ones (counters of batch norms).
   *
   * @param pickled what the pickle built
   * @param offset the pickle's position in the file, for errors
   */
  static Map<String, TorchObjects.View> of(Object pickled, long offset) throws Malformed {
    Object state = pickled;
    for (String key : WITHIN) {
      if (state instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> inner) {
        state = inner;
        break;
      }
    }
    if (!(state instanceof Map<?, ?> map)) {
      throw new Malformed(offset, "The file does not hold a dictionary of tensors (state_dict).");
    }
    Map<String, TorchObjects.View> views = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)
          || !(entry.getValue() instanceof TorchObjects.View view)) {
        throw new Malformed(offset, "The dictionary holds something other than tensors by name.");
      }
      if (view.storage().numbers().type() != null) {
        views.put(name, view);
      }
    }
    return views;
  }
}
