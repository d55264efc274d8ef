package verydeep.localization;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import verydeep.data.BoxedImages;
import verydeep.evaluation.Comparison;
import verydeep.evaluation.ErrorRate;

/**
 * A finished test of localisation (appendix A): which classes were seen where in each picture, by
 * which protocol, and how wrong that was.
 *
 * <p>A picture is right if any of at most five guesses, each a class and a box, has the true class
 * and overlaps any of its objects with an intersection over union above 0.5, as ILSVRC counts.
 */
public final class Localization {

  /** ILSVRC's. */
  private static final double THRESHOLD = 0.5;

  private static final int ILSVRC_GUESSES = 5;

  private final String name;
  private final String protocol;
  private final List<String> classes;
  private final List<LocalizedPicture> pictures;
  private final double seconds;
  private final int most;
  private final String arithmetic;

  /**
   * A test's result.
   *
   * @param name what was tested
   * @param protocol how it was tested
   * @param classes the names of the classes
   * @param pictures one or more, no file twice; of each the 5 first guesses count
   * @param seconds how long it took
   * @throws LocalizationException if there is no picture, one twice, or a class without a name
   */
  public Localization(
      String name,
      String protocol,
      List<String> classes,
      List<LocalizedPicture> pictures,
      double seconds) {
    this(name, protocol, classes, pictures, seconds, ILSVRC_GUESSES, "");
  }

  private Localization(
      String name,
      String protocol,
      List<String> classes,
      List<LocalizedPicture> pictures,
      double seconds,
      int most,
      String arithmetic) {
    this.name = name;
    this.protocol = protocol;
    this.classes = List.copyOf(classes);
    this.pictures = pictures.stream().map(picture -> picture.first(most)).toList();
    this.seconds = seconds;
    this.most = most;
    this.arithmetic = arithmetic;
    check();
  }

  /**
   * The least that a network must beat in test 1: the true class at always the same place, the mean
   * of the training objects' boxes as shares of their pictures.
   *
   * @param training pictures that one could have trained on, each with an object or more
   * @param test the pictures to be tested, with objects of one class each
   * @return the result
   * @throws verydeep.data.DataException if a picture to be tested shows no class or several
   */
  public static Localization meanBox(BoxedImages training, BoxedImages test) {
    return MeanBox.everywhere(training, test);
  }

  private void check() {
    if (pictures.isEmpty()) {
      throw new LocalizationException("A test needs at least one picture.");
    }
    Set<Path> files = new HashSet<>();
    for (LocalizedPicture picture : pictures) {
      boolean named =
          picture.label() < classes.size()
              && picture.guesses().stream().allMatch(guess -> guess.label() < classes.size());
      if (!named) {
        throw new LocalizationException(
            "%s: a class beyond the %d that have names: %s"
                .formatted(picture.file(), classes.size(), picture));
      }
      if (!files.add(picture.file())) {
        throw new LocalizationException(picture.file() + " is there twice.");
      }
    }
  }

  /** What was tested. */
  public String name() {
    return name;
  }

  /** How it was tested. */
  public String protocol() {
    return protocol;
  }

  /** The names of the classes. */
  public List<String> classes() {
    return classes;
  }

  /** What is true and what was said of each picture. */
  public List<LocalizedPicture> pictures() {
    return pictures;
  }

  /** How long the test took, in seconds. */
  public double seconds() {
    return seconds;
  }

  /** What computed it, in a few words; empty if that is not known. */
  public String arithmetic() {
    return arithmetic;
  }

  Localization computedBy(String arithmetic) {
    return new Localization(name, protocol, classes, pictures, seconds, most, arithmetic);
  }

  /** How many guesses a picture count at most: 5 unless changed. */
  public int most() {
    return most;
  }

  /**
   * The same test with fewer guesses a picture. Where there are few classes, five guesses make the
   * class right anyway.
   *
   * @param most how many of the surest count, 1 to 5
   * @return a new result
   */
  public Localization guesses(int most) {
    if (most < 1 || most > ILSVRC_GUESSES) {
      throw new LocalizationException("1 to 5 guesses count; given are " + most + ".");
    }
    return new Localization(name, protocol, classes, pictures, seconds, most, arithmetic);
  }

  /**
   * The share of wrong pictures, at an intersection over union of 0.5.
   *
   * @return with its 95% interval
   */
  public ErrorRate error() {
    return error(THRESHOLD);
  }

  /**
   * The share of wrong pictures if boxes have to fit better, or need not fit so well.
   *
   * @param threshold the intersection over union must be above it, 0 to 1
   * @return with its 95% interval
   */
  public ErrorRate error(double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new LocalizationException(
          "An intersection over union lies from 0 to 1; given is " + threshold + ".");
    }
    long right = pictures.stream().filter(picture -> picture.iou() > threshold).count();
    return new ErrorRate(pictures.size() - (int) right, pictures.size());
  }

  /**
   * How many pictures came out so.
   *
   * @param outcome right, or wrong in some way
   * @return a count; those of all outcomes are all pictures
   */
  public int count(Outcome outcome) {
    return (int) pictures.stream().filter(p -> p.outcome(THRESHOLD) == outcome).count();
  }

  /**
   * The mean over pictures of the best intersection over union of the true class; pictures whose
   * class was not guessed count 0.
   *
   * @return from 0 to 1
   */
  public double meanIou() {
    return pictures.stream().mapToDouble(LocalizedPicture::iou).average().orElse(0);
  }

  /**
   * Compares two tests of the same pictures, picture by picture: far more telling than whether
   * their intervals overlap.
   *
   * @param other the other test, with as many guesses
   * @return by the error at an overlap of 0.5, with all of the guesses
   * @throws LocalizationException if pictures or numbers of guesses differ
   */
  public Comparison compareWith(Localization other) {
    if (most != other.most || pictures.size() != other.pictures.size()) {
      throw new LocalizationException(
          "Tests of the same pictures with as many guesses can be compared; given are %s and %s."
              .formatted(size(), other.size()));
    }
    Map<Path, LocalizedPicture> others = new HashMap<>();
    other.pictures.forEach(picture -> others.put(picture.file(), picture));
    int onlyThis = 0;
    int onlyOther = 0;
    for (LocalizedPicture picture : pictures) {
      LocalizedPicture theirs = others.get(picture.file());
      if (theirs == null) {
        throw new LocalizationException(picture.file() + " is in one of the tests alone.");
      }
      boolean right = picture.iou() > THRESHOLD;
      boolean otherRight = theirs.iou() > THRESHOLD;
      onlyThis += !right && otherRight ? 1 : 0;
      onlyOther += right && !otherRight ? 1 : 0;
    }
    String error = "localisation error of " + (most == 1 ? "one guess" : most + " guesses");
    return new Comparison(label(), other.label(), error, pictures.size(), onlyThis, onlyOther);
  }

  private String size() {
    return "%d pictures with %d guesses".formatted(pictures.size(), most);
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
    return new Localization(name, protocol, classes, pictures, seconds, most, arithmetic);
  }

  /**
   * Writes the test to a file, whole or not at all.
   *
   * @param file the file
   * @return the file
   * @throws verydeep.weights.CheckpointException if it cannot be written
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
   * @throws verydeep.weights.CheckpointException if it cannot be written
   */
  public Path write(String file) {
    return write(Path.of(file));
  }

  /**
   * Reads a test that was written.
   *
   * @param file the file
   * @return the test
   * @throws verydeep.weights.CheckpointException if it cannot be read or is no such file
   */
  public static Localization read(Path file) {
    return LocalizationFile.read(file);
  }

  /**
   * Reads a test that was written.
   *
   * @param file the file
   * @return the test
   * @throws verydeep.weights.CheckpointException if it cannot be read or is no such file
   */
  public static Localization read(String file) {
    return read(Path.of(file));
  }

  /** Name, protocol, error, and why pictures were wrong. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %s: %d pictures in %.1f s%s%nerror %s with %d guesses; class right and place wrong %d,"
            + " place right and class wrong %d, both wrong %d; mean IoU %.3f",
        name,
        protocol,
        pictures.size(),
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
