package verydeep.internal.notebook;

import java.util.Base64;
import java.util.List;
import verydeep.report.Charts;
import verydeep.report.Figure;
import verydeep.training.Epoch;
import verydeep.training.Training;

/** A training, finished or under way, as a few words above its learning curves. */
public final class TrainingHtml {

  private TrainingHtml() {}

  public static String of(Training training) {
    return words(training.toString()) + image(Charts.learningCurves(training));
  }

  /** The curves so far; none before the first epoch. */
  public static String curves(List<Epoch> epochs) {
    return epochs.isEmpty() ? "" : image(Charts.learningCurves(epochs));
  }

  public static String words(String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<pre>" + escaped + "</pre>";
  }

  static String image(Figure figure) {
    return "<img alt=\""
        + figure.title().replace("\"", "&quot;")
        + "\" width=\""
        + figure.layoutWidth()
        + "\" src=\"data:image/png;base64,"
        + Base64.getEncoder().encodeToString(figure.png())
        + "\">";
  }
}
