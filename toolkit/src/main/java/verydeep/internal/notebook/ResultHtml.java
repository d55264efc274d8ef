package verydeep.internal.notebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.Table;
import verydeep.classification.ClassifiedImages;
import verydeep.evaluation.Prediction;
import verydeep.evaluation.ScoreMap;
import verydeep.inspection.StrongestPatches;
import verydeep.internal.report.Columns;
import verydeep.report.Figure;
import verydeep.report.Pictures;
import verydeep.report.Tables;
import verydeep.transfer.MultiLabelEvaluation;
import verydeep.transfer.SplitResults;
import verydeep.transfer.SvmLearning;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Results for which no table alone says all. */
final class ResultHtml {

  /** Classes of a network that are named; a thousand would fill the page. */
  private static final int NAMED = 20;

  private ResultHtml() {}

  static String of(Checkpoint checkpoint) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("network", firstLine(checkpoint.network().toString()));
    facts.put("classes", classes(checkpoint.classNames()));
    facts.put("preprocessing", checkpoint.preprocessing().toString());
    checkpoint.trainingScale().ifPresent(s -> facts.put("training scale", s.toString()));
    facts.putAll(checkpoint.provenance().facts());
    return facts("Checkpoint of VGG " + checkpoint.network().label(), facts);
  }

  static String of(Provenance provenance) {
    return facts("Provenance", provenance.facts());
  }

  /** Classes by their index: a prediction does not know their names. */
  static String of(Prediction prediction) {
    int said = prediction.predicted();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("predicted", scored(said, prediction));
    facts.put("true class", scored(prediction.label(), prediction));
    facts.put("rank of the true class", String.valueOf(prediction.rank()));
    return facts("Prediction for " + prediction.file(), facts);
  }

  private static String scored(int index, Prediction prediction) {
    return String.format(
        Locale.ROOT, "class %d, score %.3f", index, (double) prediction.score(index));
  }

  static String of(MultiLabelEvaluation test) {
    return TrainingHtml.words(test.toString()) + Tables.html(Tables.of(test));
  }

  static String of(SplitResults tests) {
    return TrainingHtml.words(tests.toString()) + Tables.html(Tables.of(tests));
  }

  /** The first of them; there are thousands. */
  static String of(StrongestPatches patches) {
    Table all = Tables.of(patches);
    return TrainingHtml.words(patches.toString())
        + Tables.html(all.first(Math.min(NAMED, all.rowCount())));
  }

  /** How many there are of each class, and the first of them. */
  static String of(ClassifiedImages answers) {
    return TrainingHtml.words(answers.toString()) + Tables.html(Tables.of(answers).first(NAMED));
  }

  static String of(SvmLearning learned) {
    return TrainingHtml.words(learned.toString()) + Tables.html(Tables.of(learned));
  }

  /** The map of the class with the highest posterior anywhere. */
  static Figure mostConfident(ScoreMap map) {
    int best = 0;
    double highest = 0;
    for (int k = 0; k < map.classes().size(); k++) {
      for (int cell = 0; cell < map.rows() * map.columns(); cell++) {
        double posterior = map.posterior(k, cell / map.columns(), cell % map.columns());
        if (posterior > highest) {
          highest = posterior;
          best = k;
        }
      }
    }
    return Pictures.scoreMap(map, map.classes().get(best));
  }

  /** What is so, a row a fact. */
  static String facts(String title, Map<String, String> facts) {
    List<Map.Entry<String, String>> rows = new ArrayList<>(facts.entrySet());
    return Tables.html(
        Table.create(
            title,
            Columns.text("what", rows, Map.Entry::getKey),
            Columns.text("value", rows, Map.Entry::getValue)));
  }

  private static String classes(List<String> names) {
    if (names.isEmpty()) {
      return "none: convolutions only";
    }
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() + ": " + first + (names.size() > NAMED ? ", ..." : "");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
