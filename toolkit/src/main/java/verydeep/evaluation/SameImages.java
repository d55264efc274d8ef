package verydeep.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.internal.files.FileNames;
import verydeep.internal.files.MovedImages;

/** Which of two tests' predictions are of the same image, and where a test's images lie. */
final class SameImages {

  private SameImages() {}

  /**
   * What one test says of another's images, in that one's order.
   *
   * @throws VerydeepException if they are not of the same images and classes
   */
  static List<Prediction> inOrderOf(TestRecord one, TestRecord other) {
    if (!one.classes().equals(other.classes())) {
      throw new VerydeepException(
          "\"" + one.name() + "\" and \"" + other.name() + "\" know other classes.");
    }
    if (inTheSameOrder(one.predictions(), other.predictions())) {
      return other.predictions(); // also where several are cut out of one file
    }
    Map<String, Prediction> byName = new HashMap<>();
    other.predictions().forEach(it -> byName.put(FileNames.of(it.file()), it));
    List<Prediction> same = new ArrayList<>();
    for (Prediction prediction : one.predictions()) {
      Prediction found = byName.get(FileNames.of(prediction.file()));
      if (found == null || found.label() != prediction.label()) {
        throw new VerydeepException(
            words(one)
                + " and "
                + words(other)
                + " tested other images: "
                + prediction.file()
                + (found == null
                    ? " is not in both. (If one test's images were moved: movedTo(...) says"
                        + " where they are.)"
                    : " has other classes in them."));
      }
      same.add(found);
    }
    if (other.predictions().size() != same.size()) {
      throw new VerydeepException(
          "\""
              + other.name()
              + "\" tested "
              + other.predictions().size()
              + " images, \""
              + one.name()
              + "\" "
              + same.size()
              + "; to be put together they must be the same.");
    }
    return same;
  }

  private static String words(TestRecord test) {
    return "\"" + test.name() + ", " + test.protocol() + "\"";
  }

  private static boolean inTheSameOrder(List<Prediction> some, List<Prediction> others) {
    return some.size() == others.size()
        && IntStream.range(0, some.size())
            .allMatch(
                i ->
                    FileNames.of(some.get(i).file()).equals(FileNames.of(others.get(i).file()))
                        && some.get(i).label() == others.get(i).label());
  }

  /** {@link Evaluation#movedTo}. */
  static TestRecord moved(TestRecord test, Images images) {
    List<Prediction> predictions = test.predictions();
    MovedImages moved =
        MovedImages.of(
            words(test),
            new MovedImages(predictions.stream().map(Prediction::file).toList(), test.skipped()),
            i -> test.classes().get(predictions.get(i).label()),
            images);
    return test.with(
        IntStream.range(0, predictions.size())
            .mapToObj(i -> predictions.get(i).at(moved.files().get(i)))
            .toList(),
        moved.skipped());
  }
}
