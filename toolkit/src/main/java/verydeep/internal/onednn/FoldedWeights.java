package verydeep.internal.onednn;

import verydeep.VerydeepException;
import verydeep.network.Layer;
import verydeep.network.Parameters;

/**
 * The weights of a convolution or a fully connected layer in 32 bits, scaled by the batch
 * normalization that follows.
 *
 * @param sizes outputs, inputs, and the kernel's height and width
 * @param weights in this order
 * @param bias one per output
 */
@SuppressWarnings("ArrayRecordComponent") // handed to oneDNN, and forgotten
record FoldedWeights(long[] sizes, float[] weights, float[] bias) {

  /** Reads the weights of a convolution, and its batch normalization's unless that is null. */
  static FoldedWeights of(
      Layer.Convolution layer, Layer.BatchNormalization normalization, Parameters parameters) {
    FoldedWeights read =
        read(layer.name(), layer.outputs(), layer.inputs(), layer.kernel(), parameters);
    if (normalization != null) {
      read.fold(normalization.name(), parameters);
    }
    return read.checked(layer.name());
  }

  /** Reads the weights of a fully connected layer, whose window is its kernel. */
  static FoldedWeights of(Layer.FullyConnected layer, Parameters parameters) {
    return read(layer.name(), layer.outputs(), layer.inputs(), layer.window(), parameters)
        .checked(layer.name());
  }

  private static FoldedWeights read(
      String name, int outputs, int inputs, int kernel, Parameters parameters) {
    return new FoldedWeights(
        new long[] {outputs, inputs, kernel, kernel},
        parameters.get(name + ".weight").toArray(),
        parameters.get(name + ".bias").toArray());
  }

  private void fold(String name, Parameters parameters) {
    float[] gamma = parameters.get(name + ".weight").toArray();
    float[] beta = parameters.get(name + ".bias").toArray();
    float[] mean = parameters.get(name + ".running_mean").toArray();
    float[] variance = parameters.get(name + ".running_var").toArray();
    int row = weights.length / bias.length;
    for (int o = 0; o < bias.length; o++) {
      double scale = gamma[o] / Math.sqrt(variance[o] + (double) Layer.BatchNormalization.EPSILON);
      bias[o] = (float) ((bias[o] - (double) mean[o]) * scale + beta[o]);
      for (int i = o * row; i < (o + 1) * row; i++) {
        weights[i] = (float) (weights[i] * scale);
      }
    }
  }

  private FoldedWeights checked(String name) {
    if (!Finite.all(weights) || !Finite.all(bias)) {
      throw new VerydeepException(
          "The weights of "
              + name
              + " are not all finite. oneDNN's ReLU hides NaN, so BF16 takes finite weights only.");
    }
    return this;
  }
}
