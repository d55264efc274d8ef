package verydeep.inspection;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import verydeep.internal.inference.ClassNames;

/** The classes that maps are made of. */
final class ClassChoice {

  /** How many, where none is named: as many as fit beside each other. */
  private static final int USUAL = 3;

  private ClassChoice() {}

  /**
   * The named classes, or those with the highest scores.
   *
   * @param classes all of them
   * @param names none for those with the highest scores
   * @param scores one per class
   * @return their indices
   * @throws verydeep.VerydeepException if there is no such class
   */
  static List<Integer> of(List<String> classes, String[] names, float[] scores) {
    if (names.length > 0) {
      return Stream.of(names).map(name -> ClassNames.find(classes, name)).distinct().toList();
    }
    return IntStream.range(0, classes.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer k) -> -scores[k]))
        .limit(USUAL)
        .toList();
  }
}
