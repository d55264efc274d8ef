package verydeep.localization;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.BoxedImages;
import verydeep.evaluation.Comparison;
import verydeep.evaluation.ErrorRate;
import verydeep.internal.files.FileNames;
import verydeep.internal.files.MovedImages;

/**
 * A finished test of localization (appendix A): the classes and places guessed for each image, the
 * protocol, and the errors.
 *
 * <p>An image is right if any of at most five guesses, each a class and a box, has the true class
 * and overlaps any of its objects with an intersection over union above 0.5, which is ILSVRC's
 * rule.
 */
public final class Localization {

  /** The values of ILSVRC. */
  private static final double THRESHOLD = 0.5;

  private static final int ILSVRC_GUESSES = 5;

  private final String name;
  private final String protocol;
  private final List<String> classes;
  private final List<LocalizedImage> images;
  private final double seconds;
  private final int most;
  private final String arithmetic;

  /**
   * Creates a test's result.
   *
   * @param name the name of what was tested
   * @param protocol the protocol of the test
   * @param classes the names of the classes
   * @param images one or more, no file twice; the first 5 guesses of each count
   * @param seconds the time it took
   * @throws VerydeepException if there is no image, an image appears twice, or a class has no name
   */
  public Localization(
      String name,
      String protocol,
      List<String> classes,
      List<LocalizedImage> images,
      double seconds) {
    this(name, protocol, classes, images, seconds, ILSVRC_GUESSES, "");
  }

  private Localization(
      String name,
      String protocol,
      List<String> classes,
      List<LocalizedImage> images,
      double seconds,
      int most,
      String arithmetic) {
    this.name = name;
    this.protocol = protocol;
    this.classes = List.copyOf(classes);
    this.images = images.stream().map(image -> image.first(most)).toList();
    this.seconds = seconds;
    this.most = most;
    this.arithmetic = arithmetic;
    check();
  }

  /**
   * Returns the baseline that a network must beat in test 1: the true class at the same place in
   * every image, the mean of the training objects' boxes relative to their images.
   *
   * @param training the training images, each with one object or more
   * @param test the test images, each with objects of one class
   * @return the result
   * @throws verydeep.VerydeepException if a test image shows no class or several
   */
  public static Localization meanBox(BoxedImages training, BoxedImages test) {
    return MeanBox.everywhere(training, test);
  }

  private void check() {
    if (images.isEmpty()) {
      throw new VerydeepException("A test needs at least one image.");
    }
    Set<Path> files = new HashSet<>();
    for (LocalizedImage image : images) {
      boolean named =
          image.label() < classes.size()
              && image.guesses().stream().allMatch(guess -> guess.label() < classes.size());
      if (!named) {
        throw new VerydeepException(
            "%s has a class beyond the %d named ones: %s."
                .formatted(image.file(), classes.size(), image));
      }
      if (!files.add(image.file())) {
        throw new VerydeepException(image.file() + " appears twice.");
      }
    }
  }

  /** {@return what was tested} */
  public String name() {
    return name;
  }

  /** {@return how it was tested} */
  public String protocol() {
    return protocol;
  }

  /** {@return the names of the classes} */
  public List<String> classes() {
    return classes;
  }

  /** {@return each image with its true boxes and its guesses} */
  public List<LocalizedImage> images() {
    return images;
  }

  /** {@return the duration of the test in seconds} */
  public double seconds() {
    return seconds;
  }

  /** {@return the arithmetic that computed it, in a few words; empty if unknown} */
  public String arithmetic() {
    return arithmetic;
  }

  Localization computedBy(String arithmetic) {
    return new Localization(name, protocol, classes, images, seconds, most, arithmetic);
  }

  /** {@return the most guesses that count per image: 5 unless changed} */
  public int most() {
    return most;
  }

  /**
   * Returns the same test with fewer guesses per image. With few classes, five guesses always
   * include the right one.
   *
   * @param most how many of the most confident guesses count, 1 to 5
   * @return a new result
   */
  public Localization guesses(int most) {
    if (most < 1 || most > ILSVRC_GUESSES) {
      throw new VerydeepException("The number of guesses is " + most + "; it must be from 1 to 5.");
    }
    return new Localization(name, protocol, classes, images, seconds, most, arithmetic);
  }

  /**
   * Returns the fraction of wrong images at an intersection over union of 0.5.
   *
   * @return the error with its 95% interval
   */
  public ErrorRate error() {
    return error(THRESHOLD);
  }

  /**
   * Returns the fraction of wrong images at another threshold for the overlap.
   *
   * @param threshold the intersection over union must be above it, 0 to 1
   * @return the error with its 95% interval
   */
  public ErrorRate error(double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new VerydeepException(
          "The threshold for the intersection over union is "
              + threshold
              + "; it must be from 0 to 1.");
    }
    long right = images.stream().filter(image -> image.iou() > threshold).count();
    return new ErrorRate(images.size() - (int) right, images.size());
  }

  /**
   * Returns the number of images with an outcome.
   *
   * @param outcome right, or wrong in some way
   * @return the number; the numbers of all outcomes add up to all images
   */
  public int count(LocalizedImage.Outcome outcome) {
    return (int) images.stream().filter(p -> p.outcome(THRESHOLD) == outcome).count();
  }

  /**
   * Returns the mean over images of the best intersection over union of the true class; images
   * whose class was not guessed count as 0.
   *
   * @return the mean, from 0 to 1
   */
  public double meanIou() {
    return images.stream().mapToDouble(LocalizedImage::iou).average().orElse(0);
  }

  /**
   * Compares two tests of the same images image by image, which is far more sensitive than checking
   * whether their intervals overlap.
   *
   * @param other the other test, with the same number of guesses
   * @return the comparison of the errors at an overlap of 0.5, with all guesses
   * @throws VerydeepException if images or numbers of guesses differ
   */
  public Comparison compareWith(Localization other) {
    if (most != other.most || images.size() != other.images.size()) {
      throw new VerydeepException(
          "Tests need the same images and number of guesses to be compared; given are %s and %s."
              .formatted(size(), other.size()));
    }
    Map<String, LocalizedImage> others = new HashMap<>();
    other.images.forEach(image -> others.put(FileNames.of(image.file()), image));
    int onlyThis = 0;
    int onlyOther = 0;
    for (LocalizedImage image : images) {
      LocalizedImage theirs = others.get(FileNames.of(image.file()));
      if (theirs == null) {
        throw new VerydeepException(
            image.file()
                + " is in only one of the tests. (If one test's images were moved: movedTo(...)"
                + " says where they are.)");
      }
      boolean right = image.iou() > THRESHOLD;
      boolean otherRight = theirs.iou() > THRESHOLD;
      onlyThis += !right && otherRight ? 1 : 0;
      onlyOther += right && !otherRight ? 1 : 0;
    }
    String error = "localization error of " + guesses();
    return new Comparison(label(), other.label(), error, images.size(), onlyThis, onlyOther);
  }

  /**
   * Returns the same test with its images where they are now: a test that was read from a file can
   * then show them, and be compared with tests of images that were moved.
   *
   * @param images the same images by name, with objects of the same classes and in the same order
   * @return a new result
   * @throws VerydeepException if they are others
   */
  public Localization movedTo(BoxedImages images) {
    List<Path> files = this.images.stream().map(LocalizedImage::file).toList();
    List<Path> moved =
        MovedImages.of(
                "\"" + label() + "\"",
                new MovedImages(files, List.of()),
                i -> classes.get(this.images.get(i).label()),
                images.images())
            .files();
    List<LocalizedImage> there =
        IntStream.range(0, moved.size())
            .mapToObj(i -> this.images.get(i).at(moved.get(i)))
            .toList();
    return new Localization(name, protocol, classes, there, seconds, most, arithmetic);
  }

  private String size() {
    return "%d images with %s".formatted(images.size(), guesses());
  }

  private String guesses() {
    return most == 1 ? "one guess" : most + " guesses";
  }

  private String label() {
    return name + ", " + protocol;
  }

  /**
   * Returns a copy under another name.
   *
   * @param name the name of the new name
   * @return a new result
   */
  public Localization named(String name) {
    return new Localization(name, protocol, classes, images, seconds, most, arithmetic);
  }

  /**
   * Writes the test to a file, completely or not at all.
   *
   * @param file the file
   * @return the file
   * @throws verydeep.FileException if it cannot be written
   */
  public Path write(Path file) {
    LocalizationFile.write(file, this);
    return file;
  }

  /**
   * Writes the test to a file.
   *
   * @param file the file
   * @return the file
   * @throws verydeep.FileException if it cannot be written
   */
  public Path write(String file) {
    return write(Path.of(file));
  }

  /**
   * Reads a test from a file.
   *
   * @param file the file
   * @return the test
   * @throws verydeep.FileException if it cannot be read or is not such a file
   */
  public static Localization read(Path file) {
    return LocalizationFile.read(file);
  }

  /**
   * Reads a test from a file.
   *
   * @param file the file
   * @return the test
   * @throws verydeep.FileException if it cannot be read or is not such a file
   */
  public static Localization read(String file) {
    return read(Path.of(file));
  }

  /** Returns name, protocol, error, and why images were wrong. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %s: %d images in %.1f s%s%nerror %s with %s; class right and place wrong %d,"
            + " place right and class wrong %d, both wrong %d; mean IoU %.3f",
        name,
        protocol,
        images.size(),
        seconds,
        arithmetic.isEmpty() ? "" : " by " + arithmetic,
        error(),
        guesses(),
        count(LocalizedImage.Outcome.WRONG_PLACE),
        count(LocalizedImage.Outcome.WRONG_CLASS),
        count(LocalizedImage.Outcome.WRONG_BOTH),
        meanIou());
  }
}
