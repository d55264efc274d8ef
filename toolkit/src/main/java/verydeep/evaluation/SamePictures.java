package verydeep.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import verydeep.data.Images;
import verydeep.data.Skipped;

/** Which of two tests' predictions are of the same picture, and where a test's pictures lie. */
final class SamePictures {

  private SamePictures() {}

  /**
   * What one test says of another's pictures, in that one's order.
   *
   * @throws EvaluationException if they are not of the same pictures and classes
   */
  static List<Prediction> inOrderOf(Evaluation one, Evaluation other) {
    if (!one.classes().equals(other.classes())) {
      throw new EvaluationException(
          "\"" + one.name() + "\" and \"" + other.name() + "\" know other classes.");
    }
    if (inTheSameOrder(one.predictions(), other.predictions())) {
      return other.predictions(); // also where several are cut out of one file
    }
    Map<Path, Prediction> byFile = new HashMap<>();
    other.predictions().forEach(prediction -> byFile.put(prediction.file(), prediction));
    List<Prediction> same = new ArrayList<>();
    for (Prediction prediction : one.predictions()) {
      Prediction found = byFile.get(prediction.file());
      if (found == null || found.label() != prediction.label()) {
        throw new EvaluationException(
            words(one)
                + " and "
                + words(other)
                + " tested other pictures: "
                + prediction.file()
                + (found == null
                    ? " is not in both. (If one test's pictures were moved: movedTo(...) says"
                        + " where they are.)"
                    : " has other classes in them."));
      }
      same.add(found);
    }
    if (other.predictions().size() != same.size()) {
      throw new EvaluationException(
          "\""
              + other.name()
              + "\" tested "
              + other.predictions().size()
              + " pictures, \""
              + one.name()
              + "\" "
              + same.size()
              + "; to be put together they must be the same.");
    }
    return same;
  }

  private static String words(Evaluation test) {
    return "\"" + test.name() + ", " + test.protocol() + "\"";
  }

  private static boolean inTheSameOrder(List<Prediction> some, List<Prediction> others) {
    return some.size() == others.size()
        && IntStream.range(0, some.size())
            .allMatch(
                i ->
                    some.get(i).file().equals(others.get(i).file())
                        && some.get(i).label() == others.get(i).label());
  }

  /** {@link Evaluation#movedTo}. */
  static Evaluation moved(Evaluation test, Images images) {
    List<Prediction> predictions = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Path file = images.file(i);
      String name = images.classes().get(images.label(i));
      if (skipped.size() < test.skipped().size()
          && named(file, test.skipped().get(skipped.size()).file())) {
        skipped.add(new Skipped(file, test.skipped().get(skipped.size()).reason()));
      } else if (predictions.size() < test.predictions().size()
          && isOf(test, predictions.size(), file, name)) {
        predictions.add(test.predictions().get(predictions.size()).at(file));
      } else {
        throw new EvaluationException(
            "%s was not made of these pictures: %s, %d of %d, of class \"%s\", is not in its place"
                .formatted(words(test), file, i + 1, images.size(), name));
      }
    }
    if (predictions.size() != test.predictions().size()) {
      throw new EvaluationException(
          "%s was made of %d pictures; given are %d."
              .formatted(words(test), test.predictions().size(), images.size()));
    }
    return test.with(predictions, skipped);
  }

  private static boolean named(Path file, Path other) {
    return file.getFileName().equals(other.getFileName());
  }

  private static boolean isOf(Evaluation test, int index, Path file, String name) {
    Prediction prediction = test.predictions().get(index);
    return named(file, prediction.file()) && test.classes().get(prediction.label()).equals(name);
  }
}
