package verydeep.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How often pictures of each class were taken for each class. */
public final class ConfusionMatrix {

  private final List<String> classes;
  private final int[][] counts;

  ConfusionMatrix(List<String> classes, Iterable<Prediction> predictions) {
    this.classes = List.copyOf(classes);
    this.counts = new int[classes.size()][classes.size()];
    for (Prediction prediction : predictions) {
      counts[prediction.label()][prediction.predicted()]++;
    }
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
   * How many pictures of one class were taken for another.
   *
   * @param actual the true class's index
   * @param predicted the predicted class's index
   * @return pictures
   */
  public int count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /**
   * How many pictures of a class there are.
   *
   * @param actual the class's index
   * @return pictures
   */
  public int pictures(int actual) {
    int sum = 0;
    for (int count : counts[actual]) {
      sum += count;
    }
    return sum;
  }

  /**
   * The share of a class's pictures that were taken for it.
   *
   * @param actual the class's index
   * @return from 0 to 1; NaN if there are none
   */
  public double recall(int actual) {
    return (double) counts[actual][actual] / pictures(actual);
  }

  /**
   * The mean of the recalls, by which a class with few pictures counts as one with many: Caltech's
   * measure (appendix B).
   *
   * @return from 0 to 1, the mean over the classes that have pictures
   */
  public double meanClassRecall() {
    return IntStream.range(0, counts.length)
        .mapToDouble(this::recall)
        .filter(recall -> !Double.isNaN(recall))
        .average()
        .orElseThrow();
  }

  /** Rows are the true classes, columns the predicted ones, in the same order. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("true class, then how often taken for each:");
    for (int i = 0; i < counts.length; i++) {
      text.append(String.format(Locale.ROOT, "%n%-12s", classes.get(i)));
      for (int count : counts[i]) {
        text.append(String.format(Locale.ROOT, "%5d", count));
      }
    }
    return text.toString();
  }
}
