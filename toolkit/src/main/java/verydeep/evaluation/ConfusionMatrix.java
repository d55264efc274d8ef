package verydeep.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import verydeep.VerydeepException;

/** How often images of each class were taken for each class. */
public final class ConfusionMatrix {

  private static final int FEW = 10;

  private static final String OTHERS = "other classes";

  /** Of a name, in text. */
  private static final int LONGEST = 32;

  private final List<String> classes;
  private final int[][] counts;

  ConfusionMatrix(List<String> classes, Iterable<Prediction> predictions) {
    this.classes = List.copyOf(classes);
    this.counts = new int[classes.size()][classes.size()];
    for (Prediction prediction : predictions) {
      counts[prediction.label()][prediction.predicted()]++;
    }
  }

  private ConfusionMatrix(List<String> classes, int[][] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /**
   * The classes that are in most mistakes, as the true class or as the predicted one, and all
   * others as one: with a thousand classes, these few can be read.
   *
   * @param most how many classes beside the others, 1 or more
   * @return a matrix of as many images, its last class {@code other classes}; this one if it has no
   *     more classes than that
   * @throws VerydeepException if {@code most} is below 1
   */
  public ConfusionMatrix mostConfused(int most) {
    if (most < 1) {
      throw new VerydeepException(
          "The number of classes to show is " + most + "; it must be 1 or more.");
    }
    if (counts.length <= most) {
      return this;
    }
    int[] mistakes = new int[counts.length];
    for (int i = 0; i < counts.length; i++) {
      for (int k = 0; k < counts.length; k++) {
        mistakes[i] += i == k ? 0 : counts[i][k] + counts[k][i];
      }
    }
    List<Integer> chosen =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> -mistakes[i]))
            .limit(most)
            .sorted()
            .toList();
    int[] place = new int[counts.length];
    Arrays.fill(place, most);
    IntStream.range(0, most).forEach(i -> place[chosen.get(i)] = i);
    int[][] fewer = new int[most + 1][most + 1];
    for (int i = 0; i < counts.length; i++) {
      for (int k = 0; k < counts.length; k++) {
        fewer[place[i]][place[k]] += counts[i][k];
      }
    }
    List<String> names =
        Stream.concat(chosen.stream().map(classes::get), Stream.of(OTHERS)).toList();
    return new ConfusionMatrix(names, fewer);
  }

  /**
   * The classes.
   *
   * @return their names
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * How many images of one class were taken for another.
   *
   * @param actual the true class's index
   * @param predicted the predicted class's index
   * @return images
   */
  public int count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /**
   * How many images of a class there are.
   *
   * @param actual the class's index
   * @return images
   */
  public int images(int actual) {
    int sum = 0;
    for (int count : counts[actual]) {
      sum += count;
    }
    return sum;
  }

  /**
   * The share of a class's images that were taken for it.
   *
   * @param actual the class's index
   * @return from 0 to 1; NaN if there are none
   */
  public double recall(int actual) {
    return (double) counts[actual][actual] / images(actual);
  }

  /**
   * The mean of the recalls, by which a class with few images counts as one with many: Caltech's
   * measure (appendix B).
   *
   * @return from 0 to 1, the mean over the classes that have images
   */
  public double meanClassRecall() {
    return IntStream.range(0, counts.length)
        .mapToDouble(this::recall)
        .filter(recall -> !Double.isNaN(recall))
        .average()
        .orElseThrow();
  }

  /**
   * Of ten classes at most all counts, the true classes in rows and the predicted ones in columns,
   * in the same order; of more the most common mistakes.
   */
  @Override
  public String toString() {
    return counts.length <= FEW ? all() : mistakes();
  }

  private String all() {
    StringBuilder text = new StringBuilder("true class, then how often taken for each:");
    for (int i = 0; i < counts.length; i++) {
      text.append(String.format(Locale.ROOT, "%n%-12s", classes.get(i)));
      for (int count : counts[i]) {
        text.append(String.format(Locale.ROOT, "%5d", count));
      }
    }
    return text.toString();
  }

  private record Mistake(int actual, int predicted, int count) {}

  private String mistakes() {
    List<String> lines =
        IntStream.range(0, counts.length)
            .boxed()
            .flatMap(
                i ->
                    IntStream.range(0, counts.length)
                        .filter(k -> k != i && counts[i][k] > 0)
                        .mapToObj(k -> new Mistake(i, k, counts[i][k])))
            .sorted(Comparator.comparingInt(mistake -> -mistake.count()))
            .limit(FEW)
            .map(m -> name(m.actual()) + " taken for " + name(m.predicted()) + ": " + m.count())
            .toList();
    return lines.isEmpty()
        ? "no image of " + counts.length + " classes was taken for another class"
        : "most common mistakes among "
            + counts.length
            + " classes, images:"
            + System.lineSeparator()
            + String.join(System.lineSeparator(), lines);
  }

  private String name(int index) {
    String name = classes.get(index);
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1) + "…";
  }
}
