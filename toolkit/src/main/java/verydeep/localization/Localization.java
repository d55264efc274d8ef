package verydeep.localization;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import verydeep.VerydeepException;
import verydeep.data.BoxedImages;
import verydeep.evaluation.Comparison;
import verydeep.evaluation.ErrorRate;

/**
 * A finished test of localization (appendix A): which classes were seen where in each image, by
 * which protocol, and how wrong that was.
 *
 * <p>An image is right if any of at most five guesses, each a class and a box, has the true class
 * and overlaps any of its objects with an intersection over union above 0.5, as ILSVRC counts.
 */
public final class Localization {

  /** ILSVRC's. */
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
   * A test's result.
   *
   * @param name what was tested
   * @param protocol how it was tested
   * @param classes the names of the classes
   * @param images one or more, no file twice; of each the 5 first guesses count
   * @param seconds how long it took
   * @throws VerydeepException if there is no image, one twice, or a class without a name
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
   * The least that a network must beat in test 1: the true class at always the same place, the mean
   * of the training objects' boxes as shares of their images.
   *
   * @param training images that one could have trained on, each with an object or more
   * @param test the images to be tested, with objects of one class each
   * @return the result
   * @throws verydeep.VerydeepException if an image to be tested shows no class or several
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
            "%s: a class beyond the %d that have names: %s"
                .formatted(image.file(), classes.size(), image));
      }
      if (!files.add(image.file())) {
        throw new VerydeepException(image.file() + " is there twice.");
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

  /** {@return what is true and what was said of each image} */
  public List<LocalizedImage> images() {
    return images;
  }

  /** {@return how long the test took, in seconds} */
  public double seconds() {
    return seconds;
  }

  /** {@return what computed it, in a few words; empty if that is not known} */
  public String arithmetic() {
    return arithmetic;
  }

  Localization computedBy(String arithmetic) {
    return new Localization(name, protocol, classes, images, seconds, most, arithmetic);
  }

  /** {@return how many guesses an image count at most: 5 unless changed} */
  public int most() {
    return most;
  }

  /**
   * The same test with fewer guesses an image. Where there are few classes, five guesses make the
   * class right anyway.
   *
   * @param most how many of the most confident count, 1 to 5
   * @return a new result
   */
  public Localization guesses(int most) {
    if (most < 1 || most > ILSVRC_GUESSES) {
      throw new VerydeepException("1 to 5 guesses count; given are " + most + ".");
    }
    return new Localization(name, protocol, classes, images, seconds, most, arithmetic);
  }

  /**
   * The share of wrong images, at an intersection over union of 0.5.
   *
   * @return with its 95% interval
   */
  public ErrorRate error() {
    return error(THRESHOLD);
  }

  /**
   * The share of wrong images if boxes have to fit better, or need not fit so well.
   *
   * @param threshold the intersection over union must be above it, 0 to 1
   * @return with its 95% interval
   */
  public ErrorRate error(double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new VerydeepException(
          "An intersection over union lies from 0 to 1; given is " + threshold + ".");
    }
    long right = images.stream().filter(image -> image.iou() > threshold).count();
    return new ErrorRate(images.size() - (int) right, images.size());
  }

  /**
   * How many images came out so.
   *
   * @param outcome right, or wrong in some way
   * @return a count; those of all outcomes are all images
   */
  public int count(Outcome outcome) {
    return (int) images.stream().filter(p -> p.outcome(THRESHOLD) == outcome).count();
  }

  /**
   * The mean over images of the best intersection over union of the true class; images whose class
   * was not guessed count 0.
   *
   * @return from 0 to 1
   */
  public double meanIou() {
    return images.stream().mapToDouble(LocalizedImage::iou).average().orElse(0);
  }

  /**
   * Compares two tests of the same images, image by image: far more telling than whether their
   * intervals overlap.
   *
   * @param other the other test, with as many guesses
   * @return by the error at an overlap of 0.5, with all of the guesses
   * @throws VerydeepException if images or numbers of guesses differ
   */
  public Comparison compareWith(Localization other) {
    if (most != other.most || images.size() != other.images.size()) {
      throw new VerydeepException(
          "Tests of the same images with as many guesses can be compared; given are %s and %s."
              .formatted(size(), other.size()));
    }
    Map<Path, LocalizedImage> others = new HashMap<>();
    other.images.forEach(image -> others.put(image.file(), image));
    int onlyThis = 0;
    int onlyOther = 0;
    for (LocalizedImage image : images) {
      LocalizedImage theirs = others.get(image.file());
      if (theirs == null) {
        throw new VerydeepException(image.file() + " is in one of the tests alone.");
      }
      boolean right = image.iou() > THRESHOLD;
      boolean otherRight = theirs.iou() > THRESHOLD;
      onlyThis += !right && otherRight ? 1 : 0;
      onlyOther += right && !otherRight ? 1 : 0;
    }
    String error = "localization error of " + (most == 1 ? "one guess" : most + " guesses");
    return new Comparison(label(), other.label(), error, images.size(), onlyThis, onlyOther);
  }

  private String size() {
    return "%d images with %d guesses".formatted(images.size(), most);
  }

  private String label() {
    return name + ", " + protocol;
  }

  /**
   * The same under another name.
   *
   * @param name what was tested, in the caller's words
   * @return a new result
   */
  public Localization named(String name) {
    return new Localization(name, protocol, classes, images, seconds, most, arithmetic);
  }

  /**
   * Writes the test to a file, whole or not at all.
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
   * Reads a test that was written.
   *
   * @param file the file
   * @return the test
   * @throws verydeep.FileException if it cannot be read or is no such file
   */
  public static Localization read(Path file) {
    return LocalizationFile.read(file);
  }

  /**
   * Reads a test that was written.
   *
   * @param file the file
   * @return the test
   * @throws verydeep.FileException if it cannot be read or is no such file
   */
  public static Localization read(String file) {
    return read(Path.of(file));
  }

  /** Name, protocol, error, and why images were wrong. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %s: %d images in %.1f s%s%nerror %s with %d guesses; class right and place wrong %d,"
            + " place right and class wrong %d, both wrong %d; mean IoU %.3f",
        name,
        protocol,
        images.size(),
        seconds,
        arithmetic.isEmpty() ? "" : " by " + arithmetic,
        error(),
        most,
        count(Outcome.WRONG_PLACE),
        count(Outcome.WRONG_CLASS),
        count(Outcome.WRONG_BOTH),
        meanIou());
  }
}
