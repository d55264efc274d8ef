package verydeep.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import verydeep.data.Preprocessing;
import verydeep.network.Layer;
import verydeep.network.ParameterShape;
import verydeep.network.Vgg;

/** The known naming schemes of VGG layers, and the input that goes with each. */
enum Naming {
  /** The paper's authors, Caffe, and this toolkit: conv3_1, fc6. */
  AUTHORS("the authors'") {
    @Override
    String layer(Layer layer, int position) {
      return layer.name();
    }
  },

  /** keras.applications: block3_conv1, fc1, predictions. */
  KERAS("Keras's") {
    @Override
    String layer(Layer layer, int position) {
      return switch (layer.name()) {
        case "fc6" -> "fc1";
        case "fc7" -> "fc2";
        case "fc8" -> "predictions";
        default -> layer.name().replaceFirst("conv(\\d)_", "block$1_conv");
      };
    }
  },

  /** torchvision: features.10 counts ReLUs and poolings too, classifier.0 dropouts as well. */
  TORCHVISION("torchvision's") {
    @Override
    String layer(Layer layer, int position) {
      return switch (layer.name()) {
        case "fc6" -> "classifier.0";
        case "fc7" -> "classifier.3";
        case "fc8" -> "classifier.6";
        default -> "features." + position;
      };
    }
  },

  /** timm: torchvision's names for features, and fully connected layers as convolutions. */
  TIMM("timm's") {
    @Override
    String layer(Layer layer, int position) {
      return switch (layer.name()) {
        case "fc6" -> "pre_logits.fc1";
        case "fc7" -> "pre_logits.fc2";
        case "fc8" -> "head.fc";
        default -> "features." + position;
      };
    }
  };

  private final String whose;

  Naming(String whose) {
    this.whose = whose;
  }

  abstract String layer(Layer layer, int position);

  /** Maps this scheme's names to a network's parameters. */
  Map<String, ParameterShape> names(Vgg network) {
    Map<String, ParameterShape> names = new LinkedHashMap<>();
    int position = 0;
    for (Layer layer : network.layers()) {
      for (ParameterShape shape : layer.parameters()) {
        names.put(layer(layer, position) + "." + shape.role(), shape);
      }
      position++;
    }
    return names;
  }

  /** Returns the preprocessing of the weights published with these names. */
  Preprocessing preprocessing() {
    return switch (this) {
      case AUTHORS, KERAS -> Preprocessing.caffe();
      case TORCHVISION, TIMM -> Preprocessing.torchvision();
    };
  }

  @Override
  public String toString() {
    return whose;
  }
}
