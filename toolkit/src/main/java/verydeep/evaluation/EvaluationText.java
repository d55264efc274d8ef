package verydeep.evaluation;

import java.util.List;
import java.util.Locale;
import verydeep.data.Skipped;
import verydeep.internal.inference.ProgressLine;

/** {@link Evaluation#toString}. */
final class EvaluationText {

  /** From this share on a test says of itself that it waited for images. */
  private static final double NOTEWORTHY = 0.1;

  private EvaluationText() {}

  static String of(TestRecord test) {
    return String.format(
        Locale.ROOT,
        "%s, %s: %d images in %s%s%s%n%s%s",
        test.name(),
        test.protocol(),
        test.predictions().size(),
        ProgressLine.duration(test.seconds()),
        test.arithmetic().isEmpty() ? "" : ", by " + test.arithmetic(),
        waited(test.facts().waiting()),
        test.errors(),
        left(test.skipped()));
  }

  private static String waited(double share) {
    return share >= NOTEWORTHY
        ? String.format(Locale.ROOT, ", %.0f%% of it waiting for images", 100 * share)
        : ""; // NaN where it is not known
  }

  private static String left(List<Skipped> skipped) {
    if (skipped.isEmpty()) {
      return "";
    }
    String first = skipped.get(0).file() + ": " + skipped.get(0).reason();
    return skipped.size() == 1
        ? "\nnot read: " + first
        : "\n" + skipped.size() + " images could not be read, the first: " + first;
  }
}
