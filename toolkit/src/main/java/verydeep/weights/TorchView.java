package verydeep.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NumberType;
import verydeep.internal.files.WeightFile;
import verydeep.network.Tensor;

/**
 * A PyTorch tensor: a view of a storage, with the distance between two neighbors in each dimension,
 * so that a transposed or a channels-last tensor is another view of the same numbers.
 *
 * @param storage the storage
 * @param first the first number's place in it
 * @param sizes the shape
 * @param strides the distances, in numbers
 */
record TorchView(
    TorchObjects.Storage storage, long first, List<Integer> sizes, List<Long> strides) {

  private static final int MOST_DIMENSIONS = 8;

  /**
   * Returns the tensors in a pickle by name, leaving out integer ones (counters of batch norms) and
   * those that are larger than any of a network, such as an optimizer's state in one piece.
   *
   * @param pickled what the pickle built
   * @param offset the pickle's position in the file, for errors
   */
  static Map<String, TorchView> all(Object pickled, long offset) throws Malformed {
    Map<String, TorchView> all = PickledArrays.of(pickled, TorchView.class, offset);
    all.values().removeIf(view -> view.type() == null || view.bytes() > MappedBytes.LONGEST_RUN);
    if (all.isEmpty()) {
      throw new Malformed(
          offset,
          "The file holds no tensors of floating-point numbers by name, as a state_dict does.");
    }
    return all;
  }

  /**
   * Returns whether a tensor is another one expanded, with a distance of zero between its numbers.
   * Weights never are, and such a tensor could be of any size.
   */
  static boolean repeats(List<?> arguments) {
    if (arguments.size() < 4
        || !(arguments.get(2) instanceof List<?> sizes)
        || !(arguments.get(3) instanceof List<?> strides)
        || sizes.size() != strides.size()) {
      return false;
    }
    for (int i = 0; i < sizes.size(); i++) {
      boolean several = sizes.get(i) instanceof Long size && size > 1;
      if (several && Long.valueOf(0).equals(strides.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Reads the arguments storage, first number, sizes, strides of a tensor's reconstruction. */
  static TorchView of(List<?> arguments, long offset) throws Malformed {
    if (arguments.size() < 4
        || !(arguments.get(0) instanceof TorchObjects.Storage storage)
        || !(arguments.get(1) instanceof Long first)
        || !(arguments.get(2) instanceof List<?> sizes)
        || !(arguments.get(3) instanceof List<?> strides)
        || sizes.size() != strides.size()
        || sizes.size() > MOST_DIMENSIONS) {
      throw new Malformed(offset, "A tensor is not described in PyTorch's way.");
    }
    List<Integer> shape = new ArrayList<>();
    List<Long> steps = new ArrayList<>();
    long count = 1;
    long last = 0;
    for (int i = 0; i < sizes.size(); i++) {
      if (!(sizes.get(i) instanceof Long size)
          || !(strides.get(i) instanceof Long stride)
          || size < 0
          || size > Integer.MAX_VALUE
          || stride < 0) {
        throw new Malformed(offset, "A tensor has a size or a stride that cannot be.");
      }
      boolean overflows = size > 1 && stride > storage.size() / (size - 1);
      count *= size;
      last += size > 1 && !overflows ? (size - 1) * stride : 0;
      if (overflows || count > storage.size()) {
        throw tooLarge(storage, offset);
      }
      shape.add((int) (long) size);
      steps.add(size > 1 ? stride : 0);
    }
    if (first < 0 || first > storage.size() - (count == 0 ? 0 : last + 1)) {
      throw tooLarge(storage, offset);
    }
    return new TorchView(storage, first, List.copyOf(shape), List.copyOf(steps));
  }

  private static Malformed tooLarge(TorchObjects.Storage storage, long offset) {
    return new Malformed(
        offset,
        "A tensor is larger than its storage "
            + storage.key()
            + " of "
            + storage.size()
            + " numbers.");
  }

  private NumberType type() {
    return storage.numbers().type();
  }

  /** Returns how many bytes lie from its first number to its last. */
  private long bytes() {
    long last = 0;
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) == 0) {
        return 0;
      }
      last += (sizes.get(i) - 1) * strides.get(i);
    }
    return (last + 1) * type().bytes();
  }

  /** Returns the tensor over the bytes of its storage. */
  WeightFile.Stored over(Cursor bytes) throws Malformed {
    Cursor part = bytes.at(bytes.position() + first * type().bytes(), bytes());
    Tensor tensor =
        isContiguous()
            ? type().tensor(sizes, part.buffer())
            : StridedNumbers.of(type(), part.buffer()).tensor(sizes, strides);
    return new WeightFile.Stored(tensor, part.position());
  }

  private boolean isContiguous() {
    long step = 1;
    for (int i = sizes.size() - 1; i >= 0; i--) {
      if (sizes.get(i) > 1 && strides.get(i) != step) {
        return false;
      }
      step *= sizes.get(i);
    }
    return true;
  }
}
