package verydeep.transfer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import verydeep.data.MultiLabelImages;

/** The examples of a test in the order of a class's scores, without the difficult ones. */
final class Ranking {

  private final int[] examples;
  private final boolean[] shows;
  private final int shown;

  private Ranking(int[] examples, boolean[] shows) {
    this.examples = examples;
    this.shows = shows;
    this.shown = (int) IntStream.range(0, shows.length).filter(i -> shows[i]).count();
  }

  /** By the decision values of a class, one row per example. */
  static Ranking of(int label, List<float[]> values, MultiLabelImages labels) {
    int[] counted =
        IntStream.range(0, values.size())
            .filter(i -> labels.presence(i, label) != MultiLabelImages.Presence.DIFFICULT)
            .toArray();
    double[] scores = Arrays.stream(counted).mapToDouble(i -> values.get(i)[label]).toArray();
    int[] examples =
        Arrays.stream(AveragePrecision.order(scores)).map(place -> counted[place]).toArray();
    boolean[] shows = new boolean[examples.length];
    for (int place = 0; place < shows.length; place++) {
      shows[place] = labels.presence(examples[place], label) == MultiLabelImages.Presence.SHOWN;
    }
    return new Ranking(examples, shows);
  }

  /** How many examples count. */
  int size() {
    return examples.length;
  }

  /** How many of them show the class. */
  int shown() {
    return shown;
  }

  /** Whether each shows the class, the highest score first. */
  boolean[] shows() {
    return shows;
  }

  /** The same where each example was drawn so many times. */
  boolean[] shows(int[] times) {
    int places = 0;
    for (int example : examples) {
      places += times[example];
    }
    boolean[] drawn = new boolean[places];
    int to = 0;
    for (int place = 0; place < examples.length; place++) {
      int from = to;
      to += times[examples[place]];
      Arrays.fill(drawn, from, to, shows[place]);
    }
    return drawn;
  }
}
