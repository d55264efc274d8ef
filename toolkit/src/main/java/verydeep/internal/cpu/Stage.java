package verydeep.internal.cpu;

import java.util.ArrayList;
import java.util.List;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.network.Vgg;

/**
 * A convolution of a network in training, its batch normalization and ReLU, and what follows before
 * the next one.
 *
 * @param layer the convolution
 * @param outputs the shape of its outputs
 * @param batch its batch normalization, or null
 * @param normalization A-LRN's normalization, which max-pooling follows; otherwise null
 * @param pools whether max-pooling follows
 */
record Stage(
    Layer.Convolution layer,
    MapShape outputs,
    Layer.BatchNormalization batch,
    Layer.LocalResponseNormalization normalization,
    boolean pools) {

  /** Returns the shape of a network's input. */
  static MapShape image(Vgg network) {
    return new MapShape(3, network.input(), network.input());
  }

  /** Returns the stages of a network, which has a classifier. */
  static List<Stage> of(Vgg network) {
    List<Stage> stages = new ArrayList<>();
    MapShape shape = image(network);
    List<Layer> layers = network.layers();
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Layer.Convolution layer) {
        var batch = layers.get(i + 1) instanceof Layer.BatchNormalization found ? found : null;
        int next = batch == null ? i + 2 : i + 3; // after the ReLU
        var normalization =
            layers.get(next) instanceof Layer.LocalResponseNormalization found ? found : null;
        next += normalization == null ? 0 : 1;
        boolean pools = layers.get(next) instanceof Layer.MaxPooling;
        Stage stage = new Stage(layer, layer.output(shape), batch, normalization, pools);
        stages.add(stage);
        shape = stage.handedOn();
      }
    }
    return stages;
  }

  /** Returns the shape of the map that the next layer reads. */
  MapShape handedOn() {
    return pools
        ? new MapShape(outputs.channels(), outputs.height() / 2, outputs.width() / 2)
        : outputs;
  }

  /** Returns how many numbers an image's map takes that the next layer reads. */
  int size() {
    return Maps.size(handedOn());
  }
}
