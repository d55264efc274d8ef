package verydeep.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import verydeep.data.Preprocessing;
import verydeep.network.Layer;
import verydeep.network.ParameterShape;
import verydeep.network.Vgg;

/** The known naming schemes of VGG layers, and the input that goes with each. */
enum Naming {
  /** The paper's authors, Caffe, and this toolkit: conv3_1, fc6; fine-tuned ones fc8_flickr. */
  AUTHORS("the authors'", "[^.]+", "fc6([-_][^.]*)?", "fc7([-_][^.]*)?", "fc8([-_][^.]*)?") {
    @Override
    String layer(Layer layer, int position, int convolution) {
      return layer.name();
    }
  },

  /** keras.applications: block3_conv1, fc1, predictions. */
  KERAS("Keras's", "[^.]+", "fc1", "fc2", "predictions") {
    @Override
    String layer(Layer layer, int position, int convolution) {
      return layer.name().replaceFirst("conv(\\d)_", "block$1_conv");
    }
  },

  /** Keras 3, which counts the layers of each class: conv2d, conv2d_1, dense. */
  KERAS_3("Keras 3's", "[^.]+", "dense", "dense_1", "dense_2") {
    @Override
    String layer(Layer layer, int position, int convolution) {
      return layer instanceof Layer.Convolution
          ? convolution == 0 ? "conv2d" : "conv2d_" + convolution
          : layer.name();
    }
  },

  /** torchvision: features.10 counts ReLUs and poolings too, classifier.0 dropouts as well. */
  TORCHVISION("torchvision's", "features\\..*") {
    @Override
    String layer(Layer layer, int position, int convolution) {
      return "features." + position;
    }
  },

  /** timm: torchvision's names for features, and fully connected layers as convolutions. */
  TIMM("timm's", "features\\..*", "pre_logits\\.fc1", "pre_logits\\.fc2", "head\\.fc") {
    @Override
    String layer(Layer layer, int position, int convolution) {
      return "features." + position;
    }
  },

  /** The sequence of torchvision's layers alone: 10. */
  SEQUENCE("PyTorch's", "\\d+") {
    @Override
    String layer(Layer layer, int position, int convolution) {
      return "" + position;
    }
  };

  private final String whose;
  private final Pattern within;

  @SuppressWarnings("ImmutableEnumChecker") // made by toList(), which is immutable
  private final List<Pattern> classifier;

  Naming(String whose, String within, String... classifier) {
    this.whose = whose;
    this.within = Pattern.compile(within);
    this.classifier = List.of(classifier).stream().map(Pattern::compile).toList();
  }

  abstract String layer(Layer layer, int position, int convolution);

  /**
   * Returns the names of fc6, fc7 and fc8, as patterns; none if these layers have numbers, which
   * differ with the dropouts and other layers between them.
   */
  List<Pattern> classifier() {
    return classifier;
  }

  /** Returns whether a layer's name is one that this scheme gives to layers of the network. */
  boolean covers(String layer) {
    return within.matcher(layer).matches();
  }

  /** Returns the name of the first layer, with which a network begins. */
  String first() {
    return switch (this) {
      case AUTHORS -> "conv1_1";
      case KERAS -> "block1_conv1";
      case KERAS_3 -> "conv2d";
      case TORCHVISION, TIMM -> "features.0";
      case SEQUENCE -> "0";
    };
  }

  /** Maps this scheme's names to the parameters of a network's convolutions. */
  Map<String, ParameterShape> names(Vgg network) {
    Map<String, ParameterShape> names = new LinkedHashMap<>();
    int position = 0;
    int convolutions = 0;
    for (Layer layer : network.layers()) {
      for (ParameterShape shape : layer.parameters()) {
        names.put(layer(layer, position, convolutions) + "." + shape.role(), shape);
      }
      convolutions += layer instanceof Layer.Convolution ? 1 : 0;
      position++;
    }
    return names;
  }

  /** Returns the preprocessing of the weights published with these names. */
  Preprocessing preprocessing() {
    return switch (this) {
      case AUTHORS, KERAS, KERAS_3 -> Preprocessing.caffe();
      case TORCHVISION, TIMM, SEQUENCE -> Preprocessing.torchvision();
    };
  }

  @Override
  public String toString() {
    return whose;
  }
}
