package verydeep.experiments;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.Row;
import verydeep.data.TrainingScale;
import verydeep.evaluation.ErrorRates;
import verydeep.network.Configuration;

/**
 * Trials as lines of text and back, without loss. Percentages are for people; counts are what is
 * read.
 */
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
    COLUMNS.put(name + "_wrong_top5", errors.andThen(CsvFile::wrongTop5));
    COLUMNS.put(name + "_pictures", errors.andThen(e -> e.top1().images()));
    COLUMNS.put(
        name + "_top1_percent",
        errors.andThen(e -> String.format(Locale.ROOT, "%.2f", 100 * e.top1().value())));
  }

  static Trial trial(Row row) {
    return new Trial(
        Configuration.valueOf(row.getString("network")),
        Double.parseDouble(row.getString("width")),
        CsvFile.integer(row, "input"),
        row.getString("first_weights"),
        Long.parseLong(row.getString("seed")),
        TrainingScale.of(CsvFile.integer(row, "s_smallest"), CsvFile.integer(row, "s_largest")),
        CsvFile.integer(row, "epochs"),
        CsvFile.integer(row, "best_epoch"),
        errors(row, "validation"),
        new Trial.Test(CsvFile.integer(row, "crop_q"), errors(row, "crop")),
        new Trial.Test(CsvFile.integer(row, "dense_q"), errors(row, "dense")),
        Double.parseDouble(row.getString("seconds")),
        row.getString("command"),
        row.getString("machine"),
        row.getString("versions"),
        Instant.parse(row.getString("tested")));
  }

  private static ErrorRates errors(Row row, String name) {
    return CsvFile.errors(row, name + "_wrong_top1", name + "_wrong_top5", name + "_pictures");
  }
}
