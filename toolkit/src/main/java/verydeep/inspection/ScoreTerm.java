package verydeep.inspection;

import java.util.List;
import verydeep.VerydeepException;
import verydeep.internal.inference.ClassNames;
import verydeep.network.Vgg;

/** Minus the score of a class. */
record ScoreTerm(String className, int label) implements Term {

  private static final String LAYER = "fc8";

  /** Of a class whose index is not known yet. */
  ScoreTerm(String className) {
    this(className, -1);
  }

  /** The same with the index of its class. */
  ScoreTerm in(List<String> classes) {
    return new ScoreTerm(className, ClassNames.find(classes, className));
  }

  @Override
  public List<String> layers() {
    return List.of(LAYER);
  }

  @Override
  public void check(Vgg network) {
    if (network.classes() == 0) {
      throw new VerydeepException(
          "The score of a class needs a network with classes, and VGG %s has none."
              .formatted(network.label()));
    }
  }

  @Override
  public Ready ready(References references, int height, int width) {
    return (pixels, activations, weight, gradient) ->
        LayerTerms.minusMean(activations.get(LAYER), label, weight, gradient);
  }
}
