package verydeep.classification;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;
import verydeep.internal.inference.ClassNames;

/**
 * A classifier's answer for one image: a score for each class. Immutable.
 *
 * <pre>{@code
 * System.out.println(checkpoint.classify("cat.jpg").top(3));
 * }</pre>
 */
public final class Classification {

  /** Classes in the text; all others are cut off. */
  private static final int SHOWN = 5;

  private final String name;
  private final Path file;
  private final RgbImage image;
  private final List<String> classNames;
  private final float[] scores;
  private final Kind kind;
  private final String by;

  /** What the scores are. */
  public enum Kind {
    /** Probabilities, from 0 to 1, whose sum is 1: a network's soft-max. */
    POSTERIOR,

    /**
     * Decision values of a linear SVM: above 0 if the image is more likely of the class than not.
     * They are no probabilities, and do not compare between classifiers.
     */
    DECISION_VALUE;

    /**
     * Returns a score as text.
     *
     * @param value the score
     * @return such as {@code 97.3%} for a posterior and {@code 1.24} for a decision value
     */
    public String format(double value) {
      return this == POSTERIOR
          ? String.format(Locale.ROOT, "%.1f%%", 100 * value)
          : String.format(Locale.ROOT, "%.2f", value);
    }
  }

  /**
   * The score of one class.
   *
   * @param className the class's name
   * @param label its index among the classifier's classes
   * @param value the score; the higher, the surer
   * @param kind what the score is
   */
  public record Score(String className, int label, float value, Kind kind) {

    /** Returns such as {@code tabby cat 97.3%}. */
    @Override
    public String toString() {
      return className + " " + kind.format(value);
    }
  }

  private Classification(
      String name,
      Path file,
      RgbImage image,
      List<String> classNames,
      float[] scores,
      Kind kind,
      String by) {
    this.name = Objects.requireNonNull(name, "name");
    this.file = file;
    this.image = image;
    this.classNames = classNames;
    this.scores = scores;
    this.kind = Objects.requireNonNull(kind, "kind");
    this.by = Objects.requireNonNull(by, "by");
    if (scores.length != classNames.size()) {
      throw new VerydeepException(
          "There are %d scores for %d classes.".formatted(scores.length, classNames.size()));
    }
  }

  /**
   * Creates an answer, for classifiers of your own.
   *
   * @param image the image
   * @param name what it is called
   * @param classNames the names of the classes
   * @param scores one per class
   * @param kind what the scores are
   * @param by classifier and protocol, in words
   * @return the answer
   * @throws VerydeepException if there is not one score per class
   */
  public static Classification of(
      RgbImage image, String name, List<String> classNames, float[] scores, Kind kind, String by) {
    Objects.requireNonNull(image, "image");
    return new Classification(name, null, image, List.copyOf(classNames), scores.clone(), kind, by);
  }

  /** The same answer, for an image whose pixels are found in a file and need not be kept. */
  Classification in(Path file) {
    return new Classification(file.toString(), file, null, classNames, scores, kind, by);
  }

  /** {@return what the image is called: its file, where it comes from one} */
  public String name() {
    return name;
  }

  /** {@return the image's file; empty if it came from memory} */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /**
   * Returns the image, which is decoded again if it came from a file.
   *
   * @return its pixels
   * @throws verydeep.data.UnreadableImageException if its file is no longer there
   */
  public RgbImage image() {
    return image == null ? RgbImage.read(file) : image;
  }

  /** {@return the names of the classes} */
  public List<String> classNames() {
    return classNames;
  }

  /** {@return what the scores are} */
  public Kind kind() {
    return kind;
  }

  /** {@return classifier and protocol, such as {@code VGG D, dense, Q=256, flipped}} */
  public String by() {
    return by;
  }

  /**
   * Returns the score of a class.
   *
   * @param label the class's index
   * @return the score
   */
  public float score(int label) {
    return scores[Objects.checkIndex(label, scores.length)];
  }

  /**
   * Returns the score of a class.
   *
   * @param className the class, or a synonym in its name that no other class has, such as {@code
   *     red panda} of {@code lesser panda, red panda}
   * @return the score
   * @throws VerydeepException if there is no such class; the message names those that there are
   */
  public float score(String className) {
    return scores[ClassNames.find(classNames, className)];
  }

  /** {@return the class with the highest score; of equal ones the first} */
  public Score best() {
    return top(1).get(0);
  }

  /**
   * Returns the classes with the highest scores.
   *
   * @param count how many; all of them if there are fewer
   * @return the highest first; of equal ones the first class first
   * @throws VerydeepException if the count is below 1
   */
  public List<Score> top(int count) {
    if (count < 1) {
      throw new VerydeepException(
          "The number of classes to name is " + count + "; it must be 1 or more.");
    }
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer k) -> -scores[k])) // stable
        .limit(count)
        .map(k -> new Score(classNames.get(k), k, scores[k], kind))
        .toList();
  }

  /**
   * Returns the classes whose decision value is above 0: what an image shows by a classifier for
   * images of several classes.
   *
   * @return the highest first; none if the image shows none of them
   * @throws VerydeepException if the scores are posteriors, of which some class always has the most
   */
  public List<Score> shown() {
    if (kind == Kind.POSTERIOR) {
      throw new VerydeepException(
          "These scores are posteriors, which share out one whole: ask for top(...).");
    }
    return top(scores.length).stream().filter(score -> score.value() > 0).toList();
  }

  /** Returns the image, its five best classes, and the classifier. */
  @Override
  public String toString() {
    String best = top(SHOWN).stream().map(Score::toString).collect(Collectors.joining(", "));
    return name + ": " + best + "\n" + by;
  }
}
