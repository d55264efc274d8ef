package verydeep.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.network.Layer;
import verydeep.network.ParameterShape;
import verydeep.network.Vgg;

/**
 * How fast each layer learns relative to the recipe: multipliers of the learning rate and the
 * weight decay by layer, and the frozen layers.
 *
 * @param frozenThrough the last frozen layer's name; null if none is frozen
 * @param rates multipliers of the learning rate by layer; 1 for all others
 * @param decays multipliers of the weight decay by layer; 1 for all others
 */
record LayerRates(String frozenThrough, Map<String, Double> rates, Map<String, Double> decays) {

  static final LayerRates EVEN = new LayerRates(null, Map.of(), Map.of());

  LayerRates {
    rates = Map.copyOf(rates);
    decays = Map.copyOf(decays);
  }

  LayerRates freezeThrough(String layer) {
    return new LayerRates(layer, rates, decays);
  }

  LayerRates rate(String layer, double multiplier) {
    checkMultiplier("rate", layer, multiplier);
    return new LayerRates(frozenThrough, with(rates, layer, multiplier), decays);
  }

  LayerRates decay(String layer, double multiplier) {
    checkMultiplier("decay", layer, multiplier);
    return new LayerRates(frozenThrough, rates, with(decays, layer, multiplier));
  }

  private static void checkMultiplier(String what, String layer, double multiplier) {
    Checks.that(
        multiplier >= 0 && multiplier <= 1e6,
        what + " multiplier of " + layer,
        multiplier,
        "from 0 to 1000000");
  }

  private static Map<String, Double> with(Map<String, Double> map, String layer, double value) {
    Map<String, Double> more = new LinkedHashMap<>(map);
    more.put(layer, value);
    return more;
  }

  /**
   * Checks that each named layer exists and has parameters, and that something is left to train.
   */
  void check(Vgg network) {
    if (frozenThrough != null) {
      network.layer(frozenThrough);
    }
    rates.keySet().forEach(layer -> checkLearns(network, layer));
    decays.keySet().forEach(layer -> checkLearns(network, layer));
    if (network.parameterShapes().stream().noneMatch(shape -> learns(network, shape))) {
      throw new VerydeepException(
          "No layer of network " + network.label() + " is left to train: " + this + ".");
    }
  }

  private static void checkLearns(Vgg network, String name) {
    if (network.layer(name).parameters().isEmpty()) {
      throw new VerydeepException(
          "Layer "
              + name
              + " of network "
              + network.label()
              + " has no parameters. Multipliers apply to "
              + network.layers().stream()
                  .filter(layer -> !layer.parameters().isEmpty())
                  .map(Layer::name)
                  .collect(Collectors.joining(", "))
              + ".");
    }
  }

  /** Returns whether training changes an array. */
  boolean learns(Vgg network, ParameterShape shape) {
    return shape.learned() && !frozen(network, shape.layer()) && rate(shape) > 0;
  }

  private boolean frozen(Vgg network, String layer) {
    if (frozenThrough == null) {
      return false;
    }
    List<String> names = network.layers().stream().map(Layer::name).toList();
    return names.indexOf(layer) <= names.indexOf(last(network));
  }

  /** A convolution's batch normalization is frozen with it. */
  private String last(Vgg network) {
    return network.layers().get(network.activationIndex(frozenThrough)).name();
  }

  double rate(ParameterShape shape) {
    return rates.getOrDefault(shape.layer(), 1.0);
  }

  double decay(ParameterShape shape) {
    return shape.decays() ? decays.getOrDefault(shape.layer(), 1.0) : 0;
  }

  /** Returns the settings in words; empty if all layers learn alike. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (frozenThrough != null) {
      text.append("frozen through ").append(frozenThrough);
    }
    append(text, "rate", rates);
    append(text, "decay", decays);
    return text.toString();
  }

  private static void append(StringBuilder text, String what, Map<String, Double> multipliers) {
    multipliers.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            e ->
                text.append(text.length() == 0 ? "" : ", ")
                    .append(
                        String.format(
                            Locale.ROOT, "%s of %s times %s", what, e.getKey(), e.getValue())));
  }
}
