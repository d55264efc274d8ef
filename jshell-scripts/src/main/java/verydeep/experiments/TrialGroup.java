package verydeep.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import verydeep.data.TrainingScale;
import verydeep.evaluation.ErrorRate;
import verydeep.network.Configuration;
import verydeep.report.PaperResults;

/**
 * Trials that differ only by seed.
 *
 * @param key what they have in common
 * @param trials the trials in the order given
 */
record TrialGroup(Key key, List<Trial> trials) {

  /** What the trials have in common. */
  record Key(Configuration network, String start, TrainingScale scale) {

    /** Returns the key in words, for a chart's row. */
    String label() {
      return network.label() + " from " + start + ", " + scale;
    }
  }

  /** Returns the groups in the order of their first trials. */
  static List<TrialGroup> of(List<Trial> trials) {
    Map<Key, List<Trial>> groups = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Key key = new Key(trial.network(), trial.start(), trial.scale());
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(trial);
    }
    return groups.entrySet().stream().map(g -> new TrialGroup(g.getKey(), g.getValue())).toList();
  }

  OverSeeds percents(Function<Trial, ErrorRate> error) {
    return over(trial -> 100 * error.apply(trial).value());
  }

  private OverSeeds over(ToDoubleFunction<Trial> value) {
    return new OverSeeds(trials.stream().mapToDouble(value).boxed().toList());
  }

  /**
   * Returns Table 3's top-1 error of this network at the corresponding scale; NaN if there is none.
   */
  double paper() {
    return trials.get(0).paperScale().stream()
        .flatMap(
            scale ->
                PaperResults.table3().stream()
                    .filter(
                        row ->
                            row.network().equals("VGG " + key.network().label())
                                && row.trained().equals(List.of(scale))))
        .mapToDouble(PaperResults.Row::top1)
        .findFirst()
        .orElse(Double.NaN);
  }

  static ErrorRate dense(Trial trial) {
    return trial.dense().errors().top1();
  }

  static ErrorRate crop(Trial trial) {
    return trial.crop().errors().top1();
  }
}
