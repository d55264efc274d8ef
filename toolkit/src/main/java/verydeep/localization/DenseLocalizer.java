package verydeep.localization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import verydeep.data.AnnotatedPicture;
import verydeep.data.BoxedImages;
import verydeep.data.Picture;
import verydeep.evaluation.ProgressLine;
import verydeep.evaluation.ReadAhead;
import verydeep.training.CentreCropBoxes;
import verydeep.weights.Checkpoint;

/**
 * Test 2 of appendix A: classifier and localisation networks see the whole picture densely at one
 * or several scales, and the boxes of all places are merged. Immutable.
 *
 * <pre>{@code
 * var dense = DenseLocalizer.of(classifier, Localizer.of(run.best())).scales(96, 128);
 * println(dense.test(unseen));
 * }</pre>
 */
public final class DenseLocalizer {

  private static final int GUESSES = 5;

  /** Pictures that go through the networks together, those of the same shape in one batch. */
  private static final int CHUNK = 8;

  private final Checkpoint classifier;
  private final List<Localizer> localizers;
  private final List<Integer> scales;
  private final BoxMerging merging;
  private final boolean mirrored;
  private final boolean quiet;

  private DenseLocalizer(
      Checkpoint classifier,
      List<Localizer> localizers,
      List<Integer> scales,
      BoxMerging merging,
      boolean mirrored,
      boolean quiet) {
    this.classifier = classifier;
    this.localizers = localizers;
    this.scales = scales;
    this.merging = merging;
    this.mirrored = mirrored;
    this.quiet = quiet;
  }

  /**
   * Scores by a classifier, boxes by one or several networks, whose boxes are united before they
   * are merged.
   *
   * @param classifier its posteriors are the scores
   * @param localizers one or more, with the classifier's input and, if per class, all its classes
   * @return a test at the scale of the first one's training, by {@link BoxMerging#standard()}
   * @throws LocalizationException if the networks see other windows
   * @throws verydeep.training.TrainingException if a network has no box for one of the classes
   */
  public static DenseLocalizer of(Checkpoint classifier, Localizer... localizers) {
    if (localizers.length == 0 || classifier.network().convolutionsOnly()) {
      throw new LocalizationException(
          "A dense test needs a classifier with classes and a localiser or more; given are network "
              + "%s and %d.".formatted(classifier.network().label(), localizers.length));
    }
    for (Localizer localizer : localizers) {
      int window = localizer.checkpoint().network().input();
      if (window != classifier.network().input()) {
        throw new LocalizationException(
            "The classifier sees %d pixels, a localiser %d; both must have the same input."
                .formatted(classifier.network().input(), window));
      }
      classifier.classes().forEach(localizer.regression()::first);
    }
    int scale = CentreCropBoxes.scale(localizers[0].checkpoint());
    return new DenseLocalizer(
        classifier, List.of(localizers), List.of(scale), BoxMerging.standard(), false, false);
  }

  /**
   * The same at other scales.
   *
   * @param scales Q, the smallest sides that pictures are rescaled to, one or more
   * @return a new test
   */
  public DenseLocalizer scales(int... scales) {
    int smallest = classifier.network().input();
    if (scales.length == 0 || Arrays.stream(scales).anyMatch(q -> q < smallest)) {
      throw new LocalizationException(
          "One or more scales of %d pixels or more are needed; given are %s."
              .formatted(smallest, Arrays.toString(scales)));
    }
    return new DenseLocalizer(
        classifier, localizers, Arrays.stream(scales).boxed().toList(), merging, mirrored, quiet);
  }

  /**
   * The same with other rules for merging.
   *
   * @param merging the rules
   * @return a new test
   */
  public DenseLocalizer merging(BoxMerging merging) {
    return new DenseLocalizer(classifier, localizers, scales, merging, mirrored, quiet);
  }

  /**
   * The same with the pictures' mirror images too, whose boxes are mirrored back and merged with
   * the others. Appendix A does not speak of them.
   *
   * @return a new test, which takes twice as long
   */
  public DenseLocalizer mirrored() {
    return new DenseLocalizer(classifier, localizers, scales, merging, true, quiet);
  }

  /**
   * The same without progress on the terminal.
   *
   * @return a new test
   */
  public DenseLocalizer quiet() {
    return new DenseLocalizer(classifier, localizers, scales, merging, mirrored, true);
  }

  /**
   * Tests pictures.
   *
   * @param pictures with objects of one class each, of the classifier's classes
   * @return at most five guesses a picture, each of another class
   * @throws verydeep.data.DataException if a picture shows no class, several, or an unknown one, or
   *     cannot be read
   * @throws CancellationException if the thread is interrupted; its flag stays set
   */
  public Localization test(BoxedImages pictures) {
    long began = System.nanoTime();
    BoxedImages known = pictures.classes(classifier.classes());
    known.images(); // each picture shows one class
    List<LocalizedPicture> results = new ArrayList<>();
    ProgressLine progress = quiet ? ProgressLine.silent() : ProgressLine.printing();
    String arithmetic;
    try (DensePasses passes = passes(known.size());
        var ahead =
            new ReadAhead<>(known.size(), 2 * CHUNK, i -> passes.rescaled(known.picture(i)))) {
      arithmetic = passes.arithmetic();
      for (int from = 0; from < known.size(); from += CHUNK) {
        int to = Math.min(from + CHUNK, known.size());
        List<DensePasses.Rescaled> chunk = new ArrayList<>();
        for (int i = from; i < to; i++) {
          chunk.add(ahead.take());
        }
        List<List<BoxMap>> looks = passes.looks(chunk);
        for (int i = from; i < to; i++) {
          results.add(picture(known.annotated(i), looks.get(i - from)));
        }
        progress.show(protocol(), to, known.size());
      }
    } finally {
      progress.clear();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Localization(name(), protocol(), classifier.classes(), results, seconds)
        .computedBy(arithmetic);
  }

  private LocalizedPicture picture(AnnotatedPicture annotated, List<BoxMap> looks) {
    String name = annotated.onlyName();
    List<BoxGuess> guesses = merging.guesses(looks, GUESSES);
    return new LocalizedPicture(
        annotated.file(), classes().indexOf(name), annotated.boxes(name), guesses);
  }

  /**
   * What is seen of one picture, before merging.
   *
   * @param picture as it is, not rescaled
   * @return a look for each scale and network, and if mirrored for each mirror image too
   */
  public List<BoxMap> looks(Picture picture) {
    try (DensePasses passes = passes(1)) {
      return passes.looks(List.of(passes.rescaled(picture))).get(0);
    }
  }

  /** The classes that it tells apart, by index. */
  public List<String> classes() {
    return classifier.classes();
  }

  /** How boxes are merged. */
  public BoxMerging merging() {
    return merging;
  }

  private DensePasses passes(int pictures) {
    return new DensePasses(classifier, localizers, scales, mirrored, pictures);
  }

  private String name() {
    return localizers.size() == 1
        ? localizers.get(0).name()
        : localizers.size() + " networks, " + localizers.get(0).name() + " first";
  }

  private String protocol() {
    String sides = String.join(",", scales.stream().map(String::valueOf).toList());
    return "dense, Q=" + sides + (mirrored ? ", mirrored" : "") + ", boxes merged";
  }

  /** Networks, scales and merging. */
  @Override
  public String toString() {
    return name() + "; " + protocol() + "; " + merging;
  }
}
