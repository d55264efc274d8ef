package verydeep.evaluation;

import java.nio.file.Path;
import java.util.Objects;

/** What was said of one picture: a score for each class. */
public final class Prediction {

  private final Path file;
  private final int label;
  private final float[] scores;

  /**
   * A prediction.
   *
   * @param file the picture
   * @param label the index of its true class
   * @param scores a score a class, the higher the surer; not copied
   */
  public Prediction(Path file, int label, float[] scores) {
    this.file = Objects.requireNonNull(file, "file");
    this.label = Objects.checkIndex(label, scores.length);
    this.scores = scores;
  }

  /**
   * The picture.
   *
   * @return its file
   */
  public Path file() {
    return file;
  }

  /** The same of a picture that lies elsewhere now. */
  Prediction at(Path file) {
    return new Prediction(file, label, scores);
  }

  /**
   * The true class.
   *
   * @return its index
   */
  public int label() {
    return label;
  }

  /**
   * The score of a class: its posterior for a network, the decision value for a linear classifier.
   *
   * @param index the class's index
   * @return the score
   */
  public float score(int index) {
    return scores[index];
  }

  /**
   * The class with the highest score; of equal ones the first, and a score that is not a number
   * comes last.
   *
   * @return its index
   */
  public int predicted() {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best] || (Float.isNaN(scores[best]) && !Float.isNaN(scores[i]))) {
        best = i;
      }
    }
    return best;
  }

  /**
   * The place of the true class when classes are sorted by score; of equal ones the first comes
   * first, and a score that is not a number comes last.
   *
   * @return 1 if the prediction is right
   */
  public int rank() {
    float own = scores[label];
    if (Float.isNaN(own)) {
      return scores.length;
    }
    int rank = 1;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > own || (i < label && scores[i] == own)) {
        rank++;
      }
    }
    return rank;
  }

  /**
   * Whether the true class has the highest score.
   *
   * @return true if it does
   */
  public boolean right() {
    return rank() == 1;
  }
}
