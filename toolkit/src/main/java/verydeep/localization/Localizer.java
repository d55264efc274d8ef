package verydeep.localization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import verydeep.data.AnnotatedPicture;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.BoxedSplit;
import verydeep.network.Vgg;
import verydeep.training.BoxRegression;
import verydeep.training.CentreCropBoxes;
import verydeep.training.Start;
import verydeep.weights.Checkpoint;

/**
 * A network that says where the object is (appendix A): one of Table 1 whose last layer predicts a
 * box, by centre and size as fractions of the input.
 *
 * <pre>{@code
 * var run = Localizer.from(classifier, cells.split(0.8, 1)).fullyConnectedOnly().run();
 * println(Localizer.of(run.best()).centreCrop(unseen));
 * }</pre>
 */
public final class Localizer {

  private final Checkpoint checkpoint;
  private final BoxRegression regression;

  private Localizer(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.regression = BoxRegression.of(checkpoint);
  }

  /**
   * A trained network.
   *
   * @param checkpoint whose outputs are boxes
   * @return the localiser
   * @throws verydeep.training.TrainingException if they are not
   */
  public static Localizer of(Checkpoint checkpoint) {
    return new Localizer(checkpoint);
  }

  /**
   * A trained network from a file.
   *
   * @param file as {@link Checkpoint#write(Path)} writes it
   * @return the localiser
   */
  public static Localizer read(String file) {
    return of(Checkpoint.read(file));
  }

  /**
   * Starts a training that begins with a classifier's weights (appendix A), all but those of the
   * last layer; or with convolutions alone, and then the fully connected layers are drawn.
   *
   * @param start a classification checkpoint, or one of convolutions only
   * @param data pictures to train on and to validate with, each with objects of one class; of
   *     several objects in a training picture the first is learned, {@link
   *     BoxedImages#eachObject()} gives each its turn
   * @return a builder
   */
  public static LocalizerBuilder from(Checkpoint start, BoxedSplit data) {
    return new LocalizerBuilder(start.network(), Start.layersOf(start, "fc8"), data);
  }

  /**
   * Starts a training from scratch, which the paper does not.
   *
   * @param network whose last layer is replaced
   * @param data pictures to train on and to validate with, each with objects of one class; of
   *     several objects in a training picture the first is learned, {@link
   *     BoxedImages#eachObject()} gives each its turn
   * @return a builder
   */
  public static LocalizerBuilder of(Vgg network, BoxedSplit data) {
    return new LocalizerBuilder(network, Start.random(), data);
  }

  /** The network and its weights. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** What its outputs are. */
  public BoxRegression regression() {
    return regression;
  }

  /**
   * Test 1 of appendix A at the scale of the training, of a range the middle.
   *
   * @param pictures with objects of one class each
   * @return as {@link #centreCrop(BoxedImages, int)}
   */
  public Localization centreCrop(BoxedImages pictures) {
    return centreCrop(pictures, CentreCropBoxes.scale(checkpoint));
  }

  /**
   * Test 1 of appendix A: where the true class is seen in the centre crop. The class is given, so
   * that the place alone can be wrong.
   *
   * @param pictures with objects of one class each; a box that overlaps any of them counts
   * @param scale Q, the smallest side that pictures are rescaled to
   * @return the result, one guess a picture
   * @throws verydeep.training.TrainingException if a picture shows no class or several, or one that
   *     the network has no box for
   * @throws verydeep.evaluation.EvaluationException if the scale is below the network's input
   */
  public Localization centreCrop(BoxedImages pictures, int scale) {
    long began = System.nanoTime();
    CentreCropBoxes seen = CentreCropBoxes.of(checkpoint, pictures, scale);
    List<BoundingBox> boxes = seen.boxes();
    List<LocalizedPicture> results = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      AnnotatedPicture picture = pictures.annotated(i);
      String name = picture.names().get(0);
      int label = pictures.label(name);
      List<BoxGuess> guess = List.of(new BoxGuess(label, boxes.get(i), 1));
      results.add(new LocalizedPicture(picture.file(), label, picture.boxes(name), guess));
    }
    return new Localization(
            name(),
            "true class, centre crop, Q=" + scale,
            pictures.classes(),
            results,
            (System.nanoTime() - began) / 1e9)
        .computedBy(seen.arithmetic());
  }

  String name() {
    return "VGG "
        + checkpoint.network().label()
        + (regression.perClass() ? ", per-class boxes" : ", single-class box");
  }

  /** The network, and what its outputs are. */
  @Override
  public String toString() {
    return name() + "\n" + checkpoint.provenance();
  }
}
