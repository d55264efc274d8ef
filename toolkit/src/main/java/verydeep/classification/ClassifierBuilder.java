package verydeep.classification;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.data.TestViews;
import verydeep.data.TrainingScale;
import verydeep.data.View;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.ViewChoice;
import verydeep.internal.inference.Work;
import verydeep.network.Parameters;

/**
 * Settings of a classifier, in any order; {@link #open()} loads the weights. The settings are those
 * of a test, so that an answer is the one that a test would have given. Each method returns changed
 * settings and leaves these as they were.
 */
public final class ClassifierBuilder {

  private final Parameters parameters;
  private final List<String> classNames;
  private final Preprocessing preprocessing;
  private TrainingScale trained;
  private ViewChoice views = ViewChoice.DEFAULT;
  private Arithmetic arithmetic;

  ClassifierBuilder(Parameters parameters, List<String> classNames, Preprocessing preprocessing) {
    this.parameters = Objects.requireNonNull(parameters, "parameters");
    this.classNames = List.copyOf(classNames);
    this.preprocessing = Objects.requireNonNull(preprocessing, "preprocessing");
    if (parameters.network().classes() == 0) {
      throw new VerydeepException(
          "Network %s knows no classes; a linear SVM on its features does."
              .formatted(parameters.network().label()));
    }
    if (classNames.size() != parameters.network().classes()) {
      throw new VerydeepException(
          "Network %s has %d classes, but %d names were given."
              .formatted(
                  parameters.network().label(), parameters.network().classes(), classNames.size()));
    }
  }

  private ClassifierBuilder(ClassifierBuilder other) {
    parameters = other.parameters;
    classNames = other.classNames;
    preprocessing = other.preprocessing;
    trained = other.trained;
    views = other.views;
    arithmetic = other.arithmetic;
  }

  private ClassifierBuilder with(Consumer<ClassifierBuilder> change) {
    ClassifierBuilder changed = new ClassifierBuilder(this);
    change.accept(changed);
    return changed;
  }

  /**
   * Sets the scale S at which the network was trained, from which the test scale follows.
   *
   * @param scale S in pixels
   * @return changed settings
   */
  public ClassifierBuilder trainedAt(TrainingScale scale) {
    return with(changed -> changed.trained = Objects.requireNonNull(scale, "scale"));
  }

  /**
   * Sets what of an image the network is shown.
   *
   * @param view dense by default, as in a test
   * @return changed settings
   */
  public ClassifierBuilder view(View view) {
    return with(changed -> changed.views = views.withView(view));
  }

  /**
   * Shows the square in the middle of the image.
   *
   * @return changed settings
   */
  public ClassifierBuilder centerCrop() {
    return view(View.centerCrop());
  }

  /**
   * Shows the whole image (section 3.2).
   *
   * @return changed settings
   */
  public ClassifierBuilder dense() {
    return view(View.dense());
  }

  /**
   * Shows 5x5 crops of the image and their flips (section 3.2).
   *
   * @return changed settings
   */
  public ClassifierBuilder multiCrop() {
    return view(View.multiCrop());
  }

  /**
   * Sets the scales Q, whose posteriors are averaged (section 4.2).
   *
   * @param smallestSides Q in pixels. By default one: the middle of the scales that the network was
   *     trained at or, where that is not known, 256 for an input of 224 and in proportion for
   *     others
   * @return changed settings
   */
  public ClassifierBuilder scales(int... smallestSides) {
    return with(changed -> changed.views = views.withScales(smallestSides));
  }

  /**
   * Averages three scales around the one at which the network was trained (section 4.2).
   *
   * @return changed settings; in place of {@link #scales(int...)}
   */
  public ClassifierBuilder multiScale() {
    return with(changed -> changed.views = views.withThreeScales());
  }

  /**
   * Sets whether the flipped image is shown too.
   *
   * @param flipped true by default for the whole image and for crops, as in the paper, false for
   *     the center crop
   * @return changed settings
   */
  public ClassifierBuilder flipped(boolean flipped) {
    return with(changed -> changed.views = views.withFlipped(flipped));
  }

  /**
   * Sets the arithmetic of the forward passes.
   *
   * @param arithmetic by default the fastest that this machine has, since a classifier is opened
   *     for many images: {@link Arithmetic}
   * @return changed settings
   */
  public ClassifierBuilder arithmetic(Arithmetic arithmetic) {
    Objects.requireNonNull(arithmetic, "arithmetic");
    return with(changed -> changed.arithmetic = arithmetic);
  }

  /**
   * Loads the weights.
   *
   * @return the classifier, which the caller closes
   * @throws VerydeepException if a scale is too small for the network, or the arithmetic cannot run
   *     here
   */
  public Classifier open() {
    return open(testViews(), arithmetic == null ? Arithmetics.forAnyWork(parameters) : arithmetic);
  }

  /**
   * Classifies one image, by the arithmetic that pays for one, and closes.
   *
   * @param image the image
   * @return the answer
   */
  public Classification classify(RgbImage image) {
    try (Classifier classifier = openFor(1)) {
      return classifier.classify(image);
    }
  }

  /**
   * Classifies one file, by the arithmetic that pays for one, and closes.
   *
   * @param file an image
   * @return the answer
   * @throws verydeep.data.UnreadableImageException if it is missing, damaged or no image
   */
  public Classification classify(Path file) {
    try (Classifier classifier = openFor(1)) {
      return classifier.classify(file);
    }
  }

  /**
   * Loads the weights for a number of images that is known.
   *
   * @param images how many will be classified
   * @return the classifier, with the arithmetic that a test of that many images would use: {@link
   *     Arithmetic}
   */
  public Classifier openFor(int images) {
    TestViews shown = testViews();
    double work = images * Work.multiplications(shown, parameters.network(), "fc8");
    return open(shown, arithmetic == null ? Arithmetics.forWork(parameters, work) : arithmetic);
  }

  private TestViews testViews() {
    return views.viewsOrUsual(trained, parameters.network().input());
  }

  private Classifier open(TestViews shown, Arithmetic chosen) {
    return new NetworkClassifier(parameters, classNames, preprocessing, shown, chosen);
  }

  /** Returns the settings. */
  @Override
  public String toString() {
    return "classifier VGG "
        + parameters.network().label()
        + ", "
        + testViews()
        + (arithmetic == null ? "" : ", " + arithmetic);
  }
}
