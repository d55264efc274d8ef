package verydeep.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;

/** The dictionary of tensors in what a PyTorch file's pickle built. */
final class TorchState {

  /** Where training scripts put it when they save more. */
  private static final List<String> WITHIN = List.of("state_dict", "model", "model_state_dict");

  private TorchState() {}

  /**
   * Tensors by name, those of whole numbers (counters of batch norms) left out.
   *
   * @param pickled what the pickle built
   * @param offset where the pickle stands in the file, for errors
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
      throw new Malformed(offset, "the file does not hold a dictionary of tensors (state_dict)");
    }
    Map<String, TorchObjects.View> views = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)
          || !(entry.getValue() instanceof TorchObjects.View view)) {
        throw new Malformed(offset, "the dictionary holds something else than tensors by name");
      }
      if (view.storage().numbers().type() != null) {
        views.put(name, view);
      }
    }
    return views;
  }
}
