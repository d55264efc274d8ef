package verydeep.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/** The convolutions of a checkpoint with another classifier, or none. */
final class OtherClassifier {

  private OtherClassifier() {}

  /** Draws fc8 again for some number of classes, named 1, 2, ... */
  static Checkpoint withNewFc8(Checkpoint from, int classes) {
    if (from.network().convolutionsOnly()) {
      throw new VerydeepException(
          "Network "
              + from.network().label()
              + " has no fc8 to replace. Build a network with a classifier and start its training"
              + " from this one's layers.");
    }
    Vgg network = from.network().with().classifier().classes(classes).build();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterShape shape : network.parameterShapes()) {
      tensors.put(
          shape.name(),
          shape.layer().equals("fc8")
              ? network.initialization().draw(shape, 0)
              : from.parameters().get(shape.name()));
    }
    return from.with(
        Parameters.of(network, tensors),
        IntStream.rangeClosed(1, classes).mapToObj(String::valueOf).toList(),
        from.provenance().with("fc8", "drawn anew for " + classes + " classes"));
  }

  /** Leaves out all fully connected layers, with what the provenance then says of them. */
  static Checkpoint none(Checkpoint from, String said) {
    Vgg network = from.network().with().convolutionsOnly().build();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterShape shape : network.parameterShapes()) {
      tensors.put(shape.name(), from.parameters().get(shape.name()));
    }
    return from.with(
        Parameters.of(network, tensors), List.of(), from.provenance().with("classifier", said));
  }
}
