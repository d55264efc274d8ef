package verydeep.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.weights.Checkpoint;

/**
 * How a vector is made from an image: what is extracted from which network, and what is stacked.
 *
 * @param steps in the order in which they are done: each extraction puts a vector on a stack, each
 *     stacking takes two and puts one
 * @param networks those that the extractions read
 */
record FeatureSource(List<Step> steps, List<Checkpoint> networks) {

  private static final int MOST_STEPS = 1000;

  FeatureSource {
    steps = List.copyOf(steps);
    networks = List.copyOf(networks);
  }

  /** One step. */
  sealed interface Step permits Extract, Stack {}

  /**
   * Takes a layer's activations.
   *
   * @param network the network's index
   * @param layer the layer's name
   * @param scales Q in pixels
   * @param flipped whether the flipped image is shown too
   * @param averaged whether several scales are averaged rather than concatenated
   */
  record Extract(int network, String layer, List<Integer> scales, boolean flipped, boolean averaged)
      implements Step {

    Extract {
      scales = List.copyOf(scales);
    }

    private Extract from(int other) {
      return new Extract(other, layer, scales, flipped, averaged);
    }
  }

  /** Concatenates two vectors and divides by the length. */
  record Stack() implements Step {}

  static FeatureSource of(
      Checkpoint checkpoint,
      String layer,
      List<Integer> scales,
      boolean flipped,
      boolean averaged) {
    Extract extract = new Extract(0, layer, scales, flipped, averaged);
    return new FeatureSource(List.of(extract), List.of(checkpoint));
  }

  /** Both, one vector after the other. */
  FeatureSource stackedWith(FeatureSource other) {
    List<Checkpoint> all = new ArrayList<>(networks);
    List<Step> both = new ArrayList<>(steps);
    int[] places = new int[other.networks.size()];
    for (int i = 0; i < places.length; i++) {
      int known = all.indexOf(other.networks.get(i)); // the same object
      places[i] = known >= 0 ? known : all.size();
      if (known < 0) {
        all.add(other.networks.get(i));
      }
    }
    for (Step step : other.steps) {
      both.add(step instanceof Extract extract ? extract.from(places[extract.network()]) : step);
    }
    both.add(new Stack());
    return new FeatureSource(both, all);
  }

  /**
   * Returns the same with no more of each network than is needed: the convolutions, if no fully
   * connected layer is read.
   */
  FeatureSource trimmed() {
    List<Checkpoint> needed = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      needed.add(trimmed(i, networks.get(i)));
    }
    return new FeatureSource(steps, needed);
  }

  private Checkpoint trimmed(int index, Checkpoint network) {
    boolean whole =
        steps.stream()
            .anyMatch(
                step ->
                    step instanceof Extract extract
                        && extract.network() == index
                        && extract.layer().startsWith("fc"));
    return whole ? network : network.convolutions();
  }

  /** The steps as text, one a line. */
  String text() {
    return steps.stream().map(FeatureSource::text).collect(Collectors.joining("\n"));
  }

  private static String text(Step step) {
    if (step instanceof Extract extract) {
      return String.join(
          " ",
          "extract",
          String.valueOf(extract.network() + 1),
          extract.layer(),
          extract.scales().stream().map(String::valueOf).collect(Collectors.joining(",")),
          extract.flipped() ? "flipped" : "upright",
          extract.averaged() ? "averaged" : "concatenated");
    }
    return "stack";
  }

  /**
   * Reads steps from a text.
   *
   * @param text what {@link #text()} gave
   * @param networks how many networks there are
   * @throws IllegalArgumentException if they are not steps that end in one vector
   */
  static List<Step> steps(String text, int networks) {
    List<Step> steps = new ArrayList<>();
    int depth = 0;
    for (String line : text.lines().limit(MOST_STEPS + 1L).toList()) {
      Step step = line.equals("stack") ? new Stack() : extract(line, networks);
      depth += step instanceof Stack ? -1 : 1;
      if (depth < 1 || steps.size() == MOST_STEPS) {
        throw new VerydeepException("The steps of its features do not fit together.");
      }
      steps.add(step);
    }
    if (depth != 1) {
      throw new VerydeepException("The steps of its features do not end in one vector.");
    }
    return steps;
  }

  private static Extract extract(String line, int networks) {
    String[] words = line.split(" ", -1);
    if (words.length != 6 || !words[0].equals("extract")) {
      throw new VerydeepException("\"" + line + "\" is no step of an extraction.");
    }
    int network = Integer.parseInt(words[1]) - 1;
    if (network < 0 || network >= networks) {
      throw new VerydeepException(
          "A step of its features is of network " + words[1] + ", which it does not name.");
    }
    List<Integer> scales = Arrays.stream(words[3].split(",", -1)).map(Integer::valueOf).toList();
    return new Extract(
        network, words[2], scales, words[4].equals("flipped"), words[5].equals("averaged"));
  }
}
