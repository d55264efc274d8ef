package verydeep.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import verydeep.data.TrainingScale;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;
import verydeep.network.Configuration;

/** Trials as lines of texts and back, without loss. Percents are for people, counts are read. */
final class TrialLines {

  static final Map<String, Function<Trial, Object>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("network", Trial::network);
    COLUMNS.put("first_weights", Trial::start);
    COLUMNS.put("seed", Trial::seed);
    COLUMNS.put("width", Trial::width);
    COLUMNS.put("input", Trial::input);
    COLUMNS.put("s_smallest", t -> t.scale().smallest());
    COLUMNS.put("s_largest", t -> t.scale().largest());
    COLUMNS.put("epochs", Trial::epochs);
    COLUMNS.put("best_epoch", Trial::bestEpoch);
    errors("validation", Trial::validation);
    COLUMNS.put("crop_q", t -> t.crop().scale());
    errors("crop", t -> t.crop().errors());
    COLUMNS.put("dense_q", t -> t.dense().scale());
    errors("dense", t -> t.dense().errors());
    COLUMNS.put("seconds", t -> String.format(Locale.ROOT, "%.1f", t.seconds()));
    COLUMNS.put("command", Trial::command);
    COLUMNS.put("machine", Trial::machine);
    COLUMNS.put("versions", Trial::versions);
    COLUMNS.put("tested", Trial::tested);
  }

  private TrialLines() {}

  private static void errors(String name, Function<Trial, ErrorRates> errors) {
    COLUMNS.put(name + "_wrong_top1", errors.andThen(e -> e.top1().wrong()));
    COLUMNS.put(name + "_wrong_top5", errors.andThen(e -> e.top5().wrong()));
    COLUMNS.put(name + "_pictures", errors.andThen(e -> e.top1().images()));
    COLUMNS.put(name + "_top1_percent", errors.andThen(e -> percent(e.top1())));
  }

  private static String percent(ErrorRate rate) {
    return String.format(Locale.ROOT, "%.2f", 100 * rate.value());
  }

  /** The trial of a line, which is given as the text in each column. */
  static Trial trial(UnaryOperator<String> line) {
    int smallest = Integer.parseInt(line.apply("s_smallest"));
    int largest = Integer.parseInt(line.apply("s_largest"));
    return new Trial(
        Configuration.valueOf(line.apply("network")),
        Double.parseDouble(line.apply("width")),
        Integer.parseInt(line.apply("input")),
        line.apply("first_weights"),
        Long.parseLong(line.apply("seed")),
        TrainingScale.of(smallest, largest),
        Integer.parseInt(line.apply("epochs")),
        Integer.parseInt(line.apply("best_epoch")),
        errors(line, "validation"),
        new Trial.Test(Integer.parseInt(line.apply("crop_q")), errors(line, "crop")),
        new Trial.Test(Integer.parseInt(line.apply("dense_q")), errors(line, "dense")),
        Double.parseDouble(line.apply("seconds")),
        line.apply("command"),
        line.apply("machine"),
        line.apply("versions"),
        Instant.parse(line.apply("tested")));
  }

  private static ErrorRates errors(UnaryOperator<String> line, String name) {
    int images = Integer.parseInt(line.apply(name + "_pictures"));
    return new ErrorRates(
        new ErrorRate(Integer.parseInt(line.apply(name + "_wrong_top1")), images),
        new ErrorRate(Integer.parseInt(line.apply(name + "_wrong_top5")), images));
  }
}
