package verydeep.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Skipped;

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
    Map<Path, Prediction> byFile = new HashMap<>();
    other.predictions().forEach(prediction -> byFile.put(prediction.file(), prediction));
    List<Prediction> same = new ArrayList<>();
    for (Prediction prediction : one.predictions()) {
      Prediction found = byFile.get(prediction.file());
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
                    some.get(i).file().equals(others.get(i).file())
                        && some.get(i).label() == others.get(i).label());
  }

  /** {@link Evaluation#movedTo}. */
  static TestRecord moved(TestRecord test, Images images) {
    List<Prediction> predictions = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Path file = images.file(i);
      String name = images.classes().get(images.label(i));
      Optional<Prediction> said = nth(test.predictions(), predictions.size());
      Optional<Skipped> left = nth(test.skipped(), skipped.size());
      int asSaid =
          said.filter(p -> test.classes().get(p.label()).equals(name))
              .map(p -> alike(p.file(), file))
              .orElse(0);
      int asLeft = left.map(s -> alike(s.file(), file)).orElse(0);
      if (asSaid == 0 && asLeft == 0) {
        throw new VerydeepException(
            "%s was not made of these images: %s, %d of %d, of class \"%s\", is not in its place"
                .formatted(words(test), file, i + 1, images.size(), name));
      }
      if (asSaid >= asLeft) {
        predictions.add(said.orElseThrow().at(file));
      } else {
        skipped.add(new Skipped(file, left.orElseThrow().reason()));
      }
    }
    if (predictions.size() != test.predictions().size()) {
      throw new VerydeepException(
          "%s was made of %d images; given are %d."
              .formatted(words(test), test.predictions().size(), images.size()));
    }
    return test.with(predictions, skipped);
  }

  private static <T> Optional<T> nth(List<T> all, int index) {
    return index < all.size() ? Optional.of(all.get(index)) : Optional.empty();
  }

  /**
   * How many names two paths share, counted from the file up: other folders hold such files too.
   */
  private static int alike(Path file, Path other) {
    int most = Math.min(file.getNameCount(), other.getNameCount());
    int same = 0;
    while (same < most
        && file.getName(file.getNameCount() - 1 - same)
            .equals(other.getName(other.getNameCount() - 1 - same))) {
      same++;
    }
    return same;
  }
}
