package verydeep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;

/** Images of a test with their answers, framed by whether these are right. */
final class PredictionPictures {

  private static final List<Legend.Entry> FRAMES =
      List.of(
          new Legend.Entry("right", Style.GREEN, Legend.Mark.BOX),
          new Legend.Entry("wrong", Style.RED, Legend.Mark.BOX));

  private PredictionPictures() {}

  static Figure of(String what, Evaluation test, List<Prediction> chosen) {
    boolean shares = test.predictions().stream().allMatch(p -> isPosterior(p, test));
    List<Sheet.Cell> cells = new ArrayList<>();
    for (Prediction prediction : chosen) {
      String name = test.classes().get(prediction.predicted());
      double score = prediction.score(prediction.predicted());
      String value =
          shares
              ? String.format(Locale.ROOT, score < 0.1 ? "%.1f%%" : "%.0f%%", 100 * score)
              : String.format(Locale.ROOT, "%.2f", score);
      String truth = prediction.right() ? "" : "true: " + test.classes().get(prediction.label());
      cells.add(
          new Sheet.Cell(
              prediction.file(), name, value, truth, prediction.right() ? Style.GREEN : Style.RED));
    }
    long wrong = test.predictions().stream().filter(p -> !p.right()).count();
    String subtitle =
        String.format(
            Locale.ROOT,
            "%d of %d images wrong: %s, %s%s",
            wrong,
            test.predictions().size(),
            test.name(),
            test.protocol(),
            shares ? "; %: posterior" : "");
    List<Legend.Entry> used =
        FRAMES.stream()
            .filter(frame -> cells.stream().anyMatch(cell -> cell.color().equals(frame.color())))
            .toList();
    return Sheet.of(what, subtitle, used, cells);
  }

  /** Whether the scores are a network's posteriors; a linear classifier's are not. */
  private static boolean isPosterior(Prediction prediction, Evaluation test) {
    double sum = 0;
    for (int i = 0; i < test.classes().size(); i++) {
      if (prediction.score(i) < 0) {
        return false;
      }
      sum += prediction.score(i);
    }
    return Math.abs(sum - 1) < 0.01;
  }
}
