package verydeep.classification;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.data.ImageFiles;
import verydeep.data.Skipped;

/**
 * A classifier's answers for many files: of each its best classes. Immutable.
 *
 * <pre>{@code
 * try (var asked = checkpoint.classifier().open()) {
 *   var photos = ImageFiles.in("datasets/clothing/test");
 *   System.out.println(ClassifiedImages.of(asked, photos).folder("target/answers").run());
 * }
 * }</pre>
 */
public final class ClassifiedImages {

  private final String by;
  private final String arithmetic;
  private final Classification.Kind kind;
  private final List<String> classNames;
  private final List<Answer> images;
  private final List<Skipped> skipped;
  private final double seconds;

  ClassifiedImages(
      String by,
      String arithmetic,
      Classification.Kind kind,
      List<String> classNames,
      List<Answer> images,
      List<Skipped> skipped,
      double seconds) {
    this.by = by;
    this.arithmetic = arithmetic;
    this.kind = kind;
    this.classNames = classNames;
    this.images = List.copyOf(images);
    this.skipped = List.copyOf(skipped);
    this.seconds = seconds;
  }

  /**
   * Starts to classify files.
   *
   * @param classifier what answers; it stays open
   * @param files the images
   * @return a builder
   */
  public static ClassifiedImagesBuilder of(Classifier classifier, ImageFiles files) {
    return new ClassifiedImagesBuilder(
        Objects.requireNonNull(classifier, "classifier"), Objects.requireNonNull(files, "files"));
  }

  /** {@return the answers, in the order of the files unless they were sorted} */
  public List<Answer> images() {
    return images;
  }

  /** {@return the files that could not be read, with the reasons} */
  public List<Skipped> skipped() {
    return skipped;
  }

  /** {@return the names of the classifier's classes} */
  public List<String> classNames() {
    return classNames;
  }

  /** {@return what the scores are} */
  public Classification.Kind kind() {
    return kind;
  }

  /** {@return classifier and protocol} */
  public String by() {
    return by;
  }

  /** {@return what did the arithmetic} */
  public String arithmetic() {
    return arithmetic;
  }

  /** {@return how long it took, in seconds} */
  public double seconds() {
    return seconds;
  }

  /**
   * Returns the same answers sorted by the score of the best class.
   *
   * @return the most certain first; of equally certain ones the earlier file first
   */
  public ClassifiedImages mostCertainFirst() {
    return sorted(Comparator.comparingDouble(image -> -image.best().value()));
  }

  /**
   * Returns the same answers sorted by the score of the best class.
   *
   * @return the least certain first, which are those worth a look; of equally certain ones the
   *     earlier file first
   */
  public ClassifiedImages leastCertainFirst() {
    return sorted(Comparator.comparingDouble(image -> image.best().value()));
  }

  private ClassifiedImages sorted(Comparator<Answer> order) {
    List<Answer> others = images.stream().sorted(order).toList(); // stable
    return new ClassifiedImages(by, arithmetic, kind, classNames, others, skipped, seconds);
  }

  /** {@return how many images each class is the best of, most frequent first, without zeros} */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    images.forEach(image -> counts.merge(image.best().className(), 1, Integer::sum));
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /** Returns how many images there are, of which classes most, and which could not be read. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("%,d images by %s".formatted(images.size(), by));
    counts().entrySet().stream()
        .limit(10)
        .forEach(e -> text.append("\n  %,6d %s".formatted(e.getValue(), e.getKey())));
    if (counts().size() > 10) {
      text.append("\n  and %d more classes".formatted(counts().size() - 10));
    }
    if (!skipped.isEmpty()) {
      text.append(
          "\n%,d file%s could not be read:"
              .formatted(skipped.size(), skipped.size() == 1 ? "" : "s"));
      skipped.stream()
          .limit(3)
          .forEach(file -> text.append("\n  %s: %s".formatted(file.file(), file.reason())));
      text.append(skipped.size() > 3 ? "\n  ..." : "");
    }
    return text.toString();
  }

  /**
   * What a classifier says of one file among many.
   *
   * @param file the image
   * @param top the classes with the highest scores, the highest first, one or more
   */
  public record Answer(Path file, List<Classification.Score> top) {

    /**
     * Checks that there is a class.
     *
     * @param file the image
     * @param top the classes with the highest scores, the highest first, one or more
     */
    public Answer {
      Objects.requireNonNull(file, "file");
      top = List.copyOf(top);
      if (top.isEmpty()) {
        throw new VerydeepException("The answer for " + file + " names no class.");
      }
    }

    /** {@return the class with the highest score} */
    public Classification.Score best() {
      return top.get(0);
    }

    /** Returns the file and its classes. */
    @Override
    public String toString() {
      return file
          + ": "
          + top.stream().map(Classification.Score::toString).collect(Collectors.joining(", "));
    }
  }
}
