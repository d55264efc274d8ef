package verydeep.evaluation;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** The scores of one image, one per class, beside its true class. */
public final class Prediction {

  private final Path file;
  private final int label;
  private final FloatBuffer scores;

  /**
   * A prediction.
   *
   * @param file the image
   * @param label the index of its true class
   * @param scores a score a class, the higher the surer; not copied
   */
  public Prediction(Path file, int label, float[] scores) {
    this(file, label, FloatBuffer.wrap(scores));
  }

  /** The scores are all of a buffer, which may lie in a file: so 50,000 x 1000 take no memory. */
  Prediction(Path file, int label, FloatBuffer scores) {
    this.file = Objects.requireNonNull(file, "file");
    this.label = Objects.checkIndex(label, scores.limit());
    this.scores = scores;
  }

  /**
   * The image.
   *
   * @return its file
   */
  public Path file() {
    return file;
  }

  /** The same of an image that lies elsewhere now. */
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
    return scores.get(index);
  }

  /**
   * The class with the highest score; of equal ones the first, and a score that is not a number
   * comes last.
   *
   * @return its index
   */
  public int predicted() {
    int best = 0;
    for (int i = 1; i < scores.limit(); i++) {
      if (score(i) > score(best) || (Float.isNaN(score(best)) && !Float.isNaN(score(i)))) {
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
    float own = score(label);
    if (Float.isNaN(own)) {
      return scores.limit();
    }
    int rank = 1;
    for (int i = 0; i < scores.limit(); i++) {
      if (score(i) > own || (i < label && score(i) == own)) {
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

  /** Returns the image, the predicted class by its index, and the true one where it is another. */
  @Override
  public String toString() {
    int said = predicted();
    String text = String.format(Locale.ROOT, "%s: class %d, score %.3f", file, said, score(said));
    return right()
        ? text + ", right"
        : text
            + String.format(
                Locale.ROOT, "; true class %d, score %.3f, rank %d", label, score(label), rank());
  }
}
