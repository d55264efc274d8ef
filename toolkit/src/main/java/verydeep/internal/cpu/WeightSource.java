package verydeep.internal.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;
import verydeep.network.Layer;
import verydeep.network.Parameters;

/**
 * The weights of a layer as stored in the checkpoint, scaled by the batch normalization that
 * follows; or those of its gradient with respect to the inputs, which is a convolution with outputs
 * and inputs exchanged and each kernel turned by half a turn.
 */
final class WeightSource {

  private final String name;
  private final int kernel;
  private final int inputs;
  private final int outputs;
  private final FloatBuffer weights;
  private final double[] scales;
  private final float[] bias;
  private final boolean turned;

  WeightSource(
      String name, int kernel, int inputs, int outputs, FloatBuffer weights, float[] bias) {
    this.name = name;
    this.kernel = kernel;
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = weights;
    this.scales = new double[outputs];
    this.bias = Arrays.copyOf(bias, outputs + GemmKernel.COLUMNS);
    this.turned = false;
    Arrays.fill(scales, 1);
  }

  private WeightSource(WeightSource forward) {
    name = forward.name;
    kernel = forward.kernel;
    inputs = forward.outputs;
    outputs = forward.inputs;
    weights = forward.weights;
    scales = forward.scales;
    bias = new float[outputs + GemmKernel.COLUMNS];
    turned = true;
  }

  private static WeightSource of(
      String name, int kernel, int inputs, int outputs, Parameters parameters) {
    return new WeightSource(
        name,
        kernel,
        inputs,
        outputs,
        parameters.get(name + ".weight").values(),
        parameters.get(name + ".bias").toArray());
  }

  static WeightSource of(
      Layer.Convolution layer, Layer.BatchNormalization normalization, Parameters parameters) {
    WeightSource source =
        of(layer.name(), layer.kernel(), layer.inputs(), layer.outputs(), parameters);
    if (normalization != null) {
      source.fold(parameters, normalization);
    }
    return source;
  }

  static WeightSource of(Layer.FullyConnected layer, Parameters parameters) {
    return of(layer.name(), layer.window(), layer.inputs(), layer.outputs(), parameters);
  }

  /** Returns the weights of the gradient with respect to this layer's inputs. */
  WeightSource turned() {
    return new WeightSource(this);
  }

  private void fold(Parameters parameters, Layer.BatchNormalization normalization) {
    float[] gamma = parameters.get(normalization.name() + ".weight").toArray();
    float[] beta = parameters.get(normalization.name() + ".bias").toArray();
    float[] mean = parameters.get(normalization.name() + ".running_mean").toArray();
    float[] variance = parameters.get(normalization.name() + ".running_var").toArray();
    for (int o = 0; o < outputs; o++) {
      scales[o] = gamma[o] / Math.sqrt(variance[o] + (double) Layer.BatchNormalization.EPSILON);
      bias[o] = (float) ((bias[o] - (double) mean[o]) * scales[o] + beta[o]);
    }
  }

  String name() {
    return name;
  }

  int kernel() {
    return kernel;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  /** Returns the biases, padded with zeros to the end of the last vector. */
  float[] bias() {
    return bias;
  }

  /** Returns the weights of one output: input channel, row, column. */
  double[] row(int output) {
    return turned ? turnedRow(output) : forwardRow(output);
  }

  private double[] forwardRow(int output) {
    float[] row = new float[inputs * kernel * kernel];
    weights.get(output * row.length, row);
    double[] scaled = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      scaled[i] = row[i] * scales[output];
    }
    return scaled;
  }

  private double[] turnedRow(int output) {
    int window = kernel * kernel;
    float[] one = new float[window];
    double[] scaled = new double[inputs * window];
    for (int c = 0; c < inputs; c++) {
      weights.get((c * outputs + output) * window, one);
      for (int i = 0; i < window; i++) {
        scaled[(c + 1) * window - 1 - i] = one[i] * scales[c];
      }
    }
    return scaled;
  }
}
