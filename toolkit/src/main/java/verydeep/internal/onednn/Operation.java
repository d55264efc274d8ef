package verydeep.internal.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import verydeep.network.Layer;

/**
 * What one primitive of oneDNN computes: a layer, with the batch normalization in its weights and
 * the ReLU that it takes over.
 *
 * @param layer the layer
 * @param relu whether a ReLU follows within the primitive
 * @param last the index of the layer whose activations it produces
 * @param lastOfSame the index of the last layer that changes nothing about them
 */
record Operation(Layer layer, boolean relu, int last, int lastOfSame) {

  /** Returns whether the operation produces a layer's activations. */
  boolean gives(int index) {
    return index >= last && index <= lastOfSame;
  }

  /** Returns the operations up to the last of some layers, each of which ends an operation. */
  static List<Operation> of(List<Layer> layers, Set<Integer> wanted) {
    int last = wanted.stream().mapToInt(i -> i).max().orElseThrow();
    List<Operation> operations = new ArrayList<>();
    int next = 0;
    while (next <= last) {
      Layer layer = layers.get(next);
      int end = next;
      boolean relu = false;
      if (layer instanceof Layer.Convolution || layer instanceof Layer.FullyConnected) {
        end += at(layers, end + 1) instanceof Layer.BatchNormalization ? 1 : 0;
        relu = !wanted.contains(end) && at(layers, end + 1) instanceof Layer.Relu;
        end += relu ? 1 : 0;
      }
      int same = end;
      while (at(layers, same + 1) instanceof Layer.Dropout) {
        same++; // does nothing in testing
      }
      operations.add(new Operation(layer, relu, end, same));
      next = same + 1;
    }
    return operations;
  }

  private static Layer at(List<Layer> layers, int index) {
    return index < layers.size() ? layers.get(index) : null;
  }
}
