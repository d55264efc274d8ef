package verydeep.localization;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.BoxedImages;
import verydeep.data.RgbImage;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.jobs.WorkJob;
import verydeep.jobs.Job;
import verydeep.weights.Checkpoint;

/**
 * Test 2 of appendix A: a classifier and localization networks are applied densely to the whole
 * image at one or several scales, and the boxes of all places are merged. Immutable.
 *
 * <pre>{@code
 * var run = Localizer.from(classifier, cells.split(0.8, 1)).perClass().run();
 * var dense = DenseLocalizer.of(classifier, Localizer.of(run.best())).scales(96, 128);
 * println(dense.test(unseen));
 * }</pre>
 */
public final class DenseLocalizer {

  /** Objects that are found, as many as ILSVRC allows guesses. */
  private static final int GUESSES = 5;

  private final Checkpoint classifier;
  private final List<Localizer> localizers;
  private final Settings settings;

  private DenseLocalizer(Checkpoint classifier, List<Localizer> localizers, Settings settings) {
    this.classifier = classifier;
    this.localizers = localizers;
    this.settings = settings;
  }

  /** The settings that can change. */
  private record Settings(
      List<Integer> scales,
      BoxMerging merging,
      boolean flipped,
      boolean quiet,
      Path folder,
      long pause) {}

  /**
   * Returns a test with scores from a classifier and boxes from one or several networks, pooled
   * before they are merged.
   *
   * @param classifier the classifier, whose posteriors are the scores
   * @param localizers one or more, with the classifier's input and, if per class, all its classes
   * @return a test at the first localizer's training scale, with {@link BoxMerging#standard()}
   * @throws VerydeepException if the networks' inputs differ in size
   * @throws verydeep.VerydeepException if a network has no box for one of the classes
   */
  public static DenseLocalizer of(Checkpoint classifier, Localizer... localizers) {
    if (localizers.length == 0 || classifier.network().classes() == 0) {
      throw new VerydeepException(
          "A dense test needs a classifier with classes and one localizer or more; given are"
              + " network "
              + "%s and %d localizers.".formatted(classifier.network().label(), localizers.length));
    }
    for (Localizer localizer : localizers) {
      int window = localizer.checkpoint().network().input();
      if (window != classifier.network().input()) {
        throw new VerydeepException(
            "The classifier's input is %d pixels, a localizer's is %d; they must be equal."
                .formatted(classifier.network().input(), window));
      }
      classifier.classNames().forEach(localizer.regression()::first);
    }
    int scale = CenterCropBoxes.scale(localizers[0].checkpoint());
    List<Integer> scales = List.of(scale);
    return new DenseLocalizer(
        classifier,
        List.of(localizers),
        new Settings(scales, BoxMerging.standard(), false, false, null, WorkJob.PAUSE_NANOS));
  }

  /**
   * Returns a test for images of one class, which needs no classifier: every place shows that class
   * with a score of 1, and the box on which most places agree is the guess.
   *
   * @param localizer a network with one box for one class, as {@link LocalizerBuilder#perClass()}
   *     trains on images of one class
   * @return a test at the localizer's training scale, with {@link BoxMerging#standard()}
   * @throws VerydeepException if it has boxes for several classes, or one for any class
   */
  public static DenseLocalizer of(Localizer localizer) {
    return of(OneClass.classifier(localizer), localizer);
  }

  /**
   * Returns a copy with other scales.
   *
   * @param scales Q, the shorter sides that images are rescaled to, one or more
   * @return the changed test
   */
  public DenseLocalizer scales(int... scales) {
    int smallest = classifier.network().input();
    if (scales.length == 0 || Arrays.stream(scales).anyMatch(q -> q < smallest)) {
      throw new VerydeepException(
          "The scales are %2$s; one or more of at least %1$d pixels are needed."
              .formatted(smallest, Arrays.toString(scales)));
    }
    return with(Arrays.stream(scales).boxed().toList(), merging(), settings.flipped());
  }

  /**
   * Returns a copy with other rules for merging.
   *
   * @param merging the rules
   * @return the changed test
   */
  public DenseLocalizer merging(BoxMerging merging) {
    return with(settings.scales(), merging, settings.flipped());
  }

  /**
   * Returns a copy that also tests flipped images, whose boxes are flipped back and merged with the
   * others. Appendix A does not mention flips.
   *
   * @return the changed test, which takes twice as long
   */
  public DenseLocalizer flipped() {
    return with(settings.scales(), merging(), true);
  }

  /**
   * Returns a copy without progress on the terminal.
   *
   * @return the changed test
   */
  public DenseLocalizer quiet() {
    return keeping(settings.folder(), settings.pause(), true);
  }

  /**
   * Returns a copy that saves its results so far in a folder. A long test that was stopped resumes
   * when it is called again, with the same result bit for bit; a finished one returns at once.
   *
   * @param folder created if missing, for this test alone; without one nothing is saved
   * @return the changed test
   */
  public DenseLocalizer folder(Path folder) {
    return keeping(Objects.requireNonNull(folder, "folder"), settings.pause(), settings.quiet());
  }

  /**
   * Returns a copy that saves its results so far in a folder.
   *
   * @param folder as {@link #folder(Path)}
   * @return the changed test
   */
  public DenseLocalizer folder(String folder) {
    return folder(Path.of(folder));
  }

  /** Returns a copy that saves parts at another pace, for tests. */
  DenseLocalizer pause(long nanos) {
    return keeping(settings.folder(), nanos, settings.quiet());
  }

  private DenseLocalizer with(List<Integer> scales, BoxMerging merging, boolean flipped) {
    Settings s = settings;
    return new DenseLocalizer(
        classifier,
        localizers,
        new Settings(scales, merging, flipped, s.quiet(), s.folder(), s.pause()));
  }

  private DenseLocalizer keeping(Path folder, long pause, boolean quiet) {
    Settings s = settings;
    return new DenseLocalizer(
        classifier,
        localizers,
        new Settings(s.scales(), s.merging(), s.flipped(), quiet, folder, pause));
  }

  /**
   * Tests images.
   *
   * @param images images with objects of one class each, which is one of the classifier's
   * @return the result, with at most five guesses per image, each of a different class
   * @throws verydeep.VerydeepException if an image shows no class, several classes or an unknown
   *     one, appears twice, or cannot be read
   * @throws verydeep.VerydeepException if the {@link #folder} cannot be written to, is in use, or
   *     holds another test
   * @throws java.util.concurrent.CancellationException if the thread is interrupted, or after
   *     Ctrl-C in JShell; the message says how far it came, and a {@link #folder} keeps what was
   *     done
   */
  public Localization test(BoxedImages images) {
    return OwnThread.run(() -> tested(images));
  }

  private Localization tested(BoxedImages images) {
    try (var job = workOn(images)) {
      return job.run(settings.folder());
    }
  }

  /**
   * Makes the test of some images a job, which can be done in parts on several machines. The folder
   * of its parts is given to them; {@link #folder} does not count.
   *
   * @param images as for {@link #test}
   * @return the job; nothing is loaded yet
   * @throws verydeep.VerydeepException if an image shows no class, several classes or an unknown
   *     one, or appears twice
   */
  public Job<Localization> job(BoxedImages images) {
    return workOn(images);
  }

  private WorkJob<List<LocalizedImage>, Localization> workOn(BoxedImages images) {
    BoxedImages known = TestedImages.once(images).withClasses(classes());
    known.images(); // each image shows one class
    DenseWork work = new DenseWork(this, known);
    return new WorkJob<>(work, work::result, settings.quiet(), settings.pause());
  }

  /**
   * Returns the views of one image, before merging.
   *
   * @param image the original image, not rescaled
   * @return one view per scale and network, and the same of the flipped image if flips are on
   */
  public List<BoxMerging.BoxMap> views(RgbImage image) {
    return OwnThread.run(
        () -> {
          try (DensePasses passes = passes(DenseSettings.arithmetics(this, 1))) {
            return passes.views(List.of(passes.rescaled(image))).get(0);
          }
        });
  }

  /**
   * Finds the objects in an image: the boxes of all views merged, of each class the best.
   *
   * @param image the image
   * @return at most five, each of a different class; those come first on which most places of the
   *     image agree most surely, as in a test
   */
  public List<FoundObject> find(RgbImage image) {
    return find(image, GUESSES);
  }

  /**
   * Finds the objects in an image.
   *
   * @param image the image
   * @param most how many at most, each of a different class
   * @return as {@link #find(RgbImage)}
   * @throws VerydeepException if the number is below 1
   */
  public List<FoundObject> find(RgbImage image, int most) {
    if (most < 1) {
      throw new VerydeepException("The number of objects is " + most + "; it must be 1 or more.");
    }
    Set<Integer> seen = new HashSet<>();
    return merging().merge(views(image)).stream()
        .filter(box -> seen.add(box.label()))
        .limit(most)
        .map(
            box ->
                new FoundObject(
                    classes().get(box.label()), box.box(), box.score() / box.boxes(), box.boxes()))
        .toList();
  }

  /**
   * Finds the objects in a file, as {@link #find(RgbImage)}.
   *
   * @param file an image
   * @return at most five, each of a different class
   * @throws verydeep.data.UnreadableImageException if the file is missing, damaged or no image
   */
  public List<FoundObject> find(String file) {
    return find(RgbImage.read(file));
  }

  /**
   * Writes the classifier, the localizers and the settings to one file, whole or not at all.
   *
   * @param file a path; missing folders are created
   * @return the path
   * @throws verydeep.FileException if it cannot be written
   */
  public Path write(Path file) {
    DenseLocalizerFile.write(file, this);
    return file;
  }

  /**
   * Writes all of it to one file.
   *
   * @param file as {@link #write(Path)}
   * @return the path
   */
  public Path write(String file) {
    return write(Path.of(file));
  }

  /**
   * Reads what {@link #write(Path)} wrote.
   *
   * @param file a path
   * @return the same, with its scales, flips and rules for merging
   * @throws verydeep.FileException if it cannot be read, is damaged, or holds something else
   */
  public static DenseLocalizer read(Path file) {
    return DenseLocalizerFile.read(file);
  }

  /**
   * Reads what {@link #write(String)} wrote.
   *
   * @param file as {@link #read(Path)}
   * @return the same, with its scales, flips and rules for merging
   */
  public static DenseLocalizer read(String file) {
    return read(Path.of(file));
  }

  Checkpoint classifier() {
    return classifier;
  }

  List<Localizer> localizers() {
    return localizers;
  }

  List<Integer> scales() {
    return settings.scales();
  }

  boolean showsFlips() {
    return settings.flipped();
  }

  /** {@return the classes that it tells apart, by index} */
  public List<String> classes() {
    return classifier.classNames();
  }

  /** {@return how boxes are merged} */
  public BoxMerging merging() {
    return settings.merging();
  }

  DensePasses passes(List<Arithmetic> arithmetics) {
    return new DensePasses(
        classifier, localizers, settings.scales(), settings.flipped(), arithmetics);
  }

  String name() {
    return localizers.size() == 1
        ? localizers.get(0).name()
        : localizers.size() + " networks, " + localizers.get(0).name() + " first";
  }

  String protocol() {
    String sides = String.join(",", settings.scales().stream().map(String::valueOf).toList());
    return "dense, Q=" + sides + (settings.flipped() ? ", flipped" : "") + ", boxes merged";
  }

  /** Returns networks, scales and merging. */
  @Override
  public String toString() {
    return name() + "; " + protocol() + "; " + merging();
  }
}
