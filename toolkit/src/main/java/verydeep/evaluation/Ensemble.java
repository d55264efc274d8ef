package verydeep.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import verydeep.data.Skipped;

/** {@link Evaluation#mean}. */
final class Ensemble {

  private Ensemble() {}

  static Evaluation mean(List<Evaluation> tests) {
    if (tests.isEmpty()) {
      throw new EvaluationException("The mean of tests needs at least one test.");
    }
    Evaluation first = tests.get(0);
    List<Map<Path, Prediction>> byFile =
        tests.stream().skip(1).map(test -> byFile(first, test)).toList();
    List<Prediction> means = new ArrayList<>();
    for (Prediction prediction : first.predictions()) {
      List<Prediction> all = new ArrayList<>(List.of(prediction));
      byFile.forEach(others -> all.add(others.get(prediction.file())));
      means.add(mean(prediction, all, first.classes().size()));
    }
    List<Skipped> skipped =
        tests.stream().flatMap(test -> test.skipped().stream()).distinct().toList();
    return new Evaluation(
        names(tests),
        protocols(tests.stream().map(Evaluation::protocol).distinct().toList()),
        first.classes(),
        means,
        tests.stream().mapToDouble(Evaluation::seconds).sum(),
        null,
        skipped);
  }

  /** Equal ones once, three views of D are D; but if the views are equal too, there are more Ds. */
  private static String names(List<Evaluation> tests) {
    List<String> names = tests.stream().map(Evaluation::name).distinct().toList();
    long protocols = tests.stream().map(Evaluation::protocol).distinct().count();
    boolean several = tests.size() > 1 && names.size() == 1 && protocols == 1;
    return String.join(" & ", names) + (several ? " (" + tests.size() + " nets)" : "");
  }

  /** {@code dense & multi-crop 5x5, Q=256}: what all of them have behind the view stands once. */
  private static String protocols(List<String> protocols) {
    List<String> ends = protocols.stream().map(Ensemble::end).distinct().toList();
    if (ends.size() > 1) {
      return String.join(" & ", protocols);
    }
    String end = ends.get(0);
    return protocols.stream()
            .map(protocol -> protocol.substring(0, protocol.length() - end.length()))
            .collect(Collectors.joining(" & "))
        + end;
  }

  /** Scales and mirror images; all of it if they stand there more than once. */
  private static String end(String protocol) {
    int comma = protocol.indexOf(", Q=");
    if (comma != protocol.lastIndexOf(", Q=")) {
      return protocol;
    }
    return comma < 0 ? "" : protocol.substring(comma);
  }

  private static Prediction mean(Prediction of, List<Prediction> all, int classes) {
    float[] mean = new float[classes];
    for (int k = 0; k < classes; k++) {
      double sum = 0;
      for (Prediction prediction : all) {
        sum += prediction.score(k);
      }
      mean[k] = (float) (sum / all.size());
    }
    return new Prediction(of.file(), of.label(), mean);
  }

  /**
   * A test's predictions by file.
   *
   * @throws EvaluationException if it is not of the same pictures and classes as another
   */
  static Map<Path, Prediction> byFile(Evaluation one, Evaluation other) {
    if (!one.classes().equals(other.classes())) {
      throw new EvaluationException(
          "\"" + one.name() + "\" and \"" + other.name() + "\" know other classes.");
    }
    Map<Path, Prediction> predictions = new HashMap<>();
    other.predictions().forEach(prediction -> predictions.put(prediction.file(), prediction));
    for (Prediction prediction : one.predictions()) {
      Prediction same = predictions.get(prediction.file());
      if (same == null || same.label() != prediction.label()) {
        throw new EvaluationException(
            "\""
                + one.name()
                + ", "
                + one.protocol()
                + "\" and \""
                + other.name()
                + ", "
                + other.protocol()
                + "\" tested other pictures: "
                + prediction.file()
                + (same == null ? " is not in both." : " has other classes in them."));
      }
    }
    if (predictions.size() != one.predictions().size()) {
      throw new EvaluationException(
          "\""
              + other.name()
              + "\" tested "
              + predictions.size()
              + " pictures, \""
              + one.name()
              + "\" "
              + one.predictions().size()
              + "; to be put together they must be the same.");
    }
    return predictions;
  }
}
