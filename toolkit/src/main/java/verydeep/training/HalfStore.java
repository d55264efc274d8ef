package verydeep.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/**
 * Gives layers their parameters in 16 bits, each a differentiable copy of the array in 32 bits that
 * learns. Not for batch normalisations, whose running statistics must not be copies.
 */
final class HalfStore extends ParameterStore {

  private NDManager scope;

  HalfStore(NDManager manager) {
    super(manager, false);
  }

  /** Whose end is that of the copies. */
  void attachTo(NDManager scope) {
    this.scope = scope;
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    NDArray copy = super.getValue(parameter, device, training).toType(DataType.FLOAT16, false);
    copy.attach(scope);
    return copy;
  }
}
