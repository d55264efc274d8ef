package verydeep.localization;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import verydeep.cpu.Arithmetic;
import verydeep.data.AnnotatedPicture;
import verydeep.data.BoxedImages;
import verydeep.data.Images;
import verydeep.data.Picture;
import verydeep.evaluation.Looks;
import verydeep.evaluation.View;
import verydeep.network.Activations;
import verydeep.network.ForwardPass;
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

  private final Checkpoint classifier;
  private final List<Localizer> localizers;
  private final List<Integer> scales;
  private final BoxMerging merging;

  private DenseLocalizer(
      Checkpoint classifier, List<Localizer> localizers, List<Integer> scales, BoxMerging merging) {
    this.classifier = classifier;
    this.localizers = localizers;
    this.scales = scales;
    this.merging = merging;
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
        classifier, List.of(localizers), List.of(scale), BoxMerging.standard());
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
        classifier, localizers, Arrays.stream(scales).boxed().toList(), merging);
  }

  /**
   * The same with other rules for merging.
   *
   * @param merging the rules
   * @return a new test
   */
  public DenseLocalizer merging(BoxMerging merging) {
    return new DenseLocalizer(classifier, localizers, scales, merging);
  }

  /**
   * Tests pictures.
   *
   * @param pictures with objects of one class each, of the classifier's classes
   * @return at most five guesses a picture, each of another class
   * @throws verydeep.data.DataException if a picture shows no class, several, or an unknown one, or
   *     cannot be read
   */
  public Localization test(BoxedImages pictures) {
    long began = System.nanoTime();
    BoxedImages known = pictures.classes(classifier.classes());
    Images images = known.images();
    List<LocalizedPicture> results = new ArrayList<>();
    try (Passes passes = new Passes(known.size())) {
      for (int i = 0; i < known.size(); i++) {
        AnnotatedPicture annotated = known.annotated(i);
        List<BoxGuess> guesses = merging.guesses(passes.looks(known.picture(i)), GUESSES);
        int label = images.label(i);
        results.add(
            new LocalizedPicture(
                annotated.file(),
                label,
                annotated.boxes(classifier.classes().get(label)),
                guesses));
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Localization(name(), protocol(), classifier.classes(), results, seconds);
  }

  /**
   * What is seen of one picture, before merging.
   *
   * @param picture as it is, not rescaled
   * @return a look for each network and scale
   */
  public List<BoxMap> looks(Picture picture) {
    try (Passes passes = new Passes(1)) {
      return passes.looks(picture);
    }
  }

  private String name() {
    return localizers.size() == 1
        ? localizers.get(0).name()
        : localizers.size() + " networks, " + localizers.get(0).name() + " first";
  }

  private String protocol() {
    String sides = String.join(",", scales.stream().map(String::valueOf).toList());
    return "dense, Q=" + sides + ", boxes merged";
  }

  /** Networks, scales and merging. */
  @Override
  public String toString() {
    return name() + "; " + protocol() + "; " + merging;
  }

  /** The networks with their weights loaded. */
  private final class Passes implements AutoCloseable {

    private final List<ForwardPass> open = new ArrayList<>();

    /** The classifier first. */
    Passes(int pictures) {
      try {
        open.add(load(classifier, pictures));
        localizers.forEach(localizer -> open.add(load(localizer.checkpoint(), pictures)));
      } catch (RuntimeException | Error e) {
        close();
        throw e;
      }
    }

    private ForwardPass load(Checkpoint checkpoint, int pictures) {
      double work =
          pictures
              * new Looks(View.dense(), scales, false).multiplications(checkpoint.network(), "fc8");
      return Arithmetic.forWork(checkpoint.parameters(), work).load(checkpoint.parameters());
    }

    List<BoxMap> looks(Picture picture) {
      String[] classes = classifier.classes().toArray(String[]::new);
      List<BoxMap> looks = new ArrayList<>();
      for (int scale : scales) {
        Picture rescaled = picture.rescale(scale);
        Activations scores = run(open.get(0), classifier, rescaled);
        for (int i = 0; i < localizers.size(); i++) {
          Localizer localizer = localizers.get(i);
          Activations boxes = run(open.get(i + 1), localizer.checkpoint(), rescaled);
          looks.add(new DenseLook(picture, scale, localizer, classes, scores, boxes));
        }
      }
      return looks;
    }

    private static Activations run(ForwardPass pass, Checkpoint checkpoint, Picture picture) {
      int numbers = Math.multiplyExact(3, picture.width() * picture.height());
      FloatBuffer pixels =
          ByteBuffer.allocateDirect(Math.multiplyExact(4, numbers))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      checkpoint.preprocessing().write(picture, pixels);
      return pass.run(pixels.flip(), 1, picture.height(), picture.width());
    }

    @Override
    public void close() {
      open.forEach(ForwardPass::close);
    }
  }
}
