package verydeep.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.internal.files.Malformed;
import verydeep.network.Layer;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.network.VggBuilder;

/** A network's width, input size and number of classes, derived from the sizes of its tensors. */
record Measures(Map<String, Tensor> tensors) {

  private static final String LAST = "fc8";

  static Measures of(Map<String, Tensor> tensors) {
    return new Measures(tensors);
  }

  /**
   * Builds the network with these measures.
   *
   * @param full the same configuration at full width, without its fully connected layers
   */
  Vgg build(Vgg full) throws Malformed {
    VggBuilder builder = full.with().width(width(full));
    if (tensors.containsKey("fc7.weight")) {
      builder = builder.classifier().input(input(full)).units(outputs("fc6"));
      boolean classes = tensors.containsKey(LAST + ".weight");
      builder = classes ? builder.classes(outputs(LAST)) : builder.throughFc7();
    }
    try {
      return builder.build();
    } catch (VerydeepException e) {
      throw new Malformed(0, e.getMessage());
    }
  }

  private int outputs(String layer) {
    return tensors.get(layer + ".weight").sizes().get(0);
  }

  /** Returns the side of pool5, which fc6 covers, times 32 pixels per cell after five poolings. */
  private int input(Vgg full) {
    String last = null;
    for (Layer layer : full.layers()) {
      if (layer instanceof Layer.Convolution convolution) {
        last = convolution.name();
      }
    }
    int inputs = tensors.get("fc6.weight").sizes().get(1);
    int side = (int) Math.round(Math.sqrt((double) inputs / outputs(last)));
    return side << full.configuration().blocks().size();
  }

  /**
   * Returns a width that rounds to each layer's number of outputs: the widest layer's where it
   * fits, since widths are mostly simple fractions.
   */
  private double width(Vgg full) {
    List<int[]> pairs = new ArrayList<>();
    for (Layer layer : full.layers()) {
      if (layer instanceof Layer.Convolution convolution) {
        pairs.add(new int[] {convolution.outputs(), outputs(layer.name())});
      }
    }
    double low = 0;
    double high = Double.MAX_VALUE;
    int[] widest = {1, 0};
    for (int[] pair : pairs) {
      low = Math.max(low, (pair[1] - 0.5) / pair[0]);
      high = Math.min(high, (pair[1] + 0.5) / pair[0]);
      widest = pair[0] > widest[0] ? pair : widest;
    }
    double simple = (double) widest[1] / widest[0];
    boolean fits = low <= simple && simple < high;
    return fits || low >= high ? simple : (low + high) / 2;
  }
}
