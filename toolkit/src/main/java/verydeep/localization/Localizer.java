package verydeep.localization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.Split;
import verydeep.network.Vgg;
import verydeep.training.Start;
import verydeep.weights.Checkpoint;

/**
 * A network that says where the object is (appendix A): one of Table 1 whose last layer predicts a
 * box, by center and size as fractions of the input.
 *
 * <pre>{@code
 * var run = Localizer.from(classifier, cells.split(0.8, 1)).fullyConnectedOnly().run();
 * println(Localizer.of(run.best()).test(unseen));
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
   * @return the localizer
   * @throws verydeep.VerydeepException if they are not
   */
  public static Localizer of(Checkpoint checkpoint) {
    return new Localizer(checkpoint);
  }

  /**
   * A trained network from a file.
   *
   * @param file as {@link Checkpoint#write(Path)} writes it
   * @return the localizer
   */
  public static Localizer read(String file) {
    return of(Checkpoint.read(file));
  }

  /**
   * Starts a training that begins with a classifier's weights (appendix A), all but those of the
   * last layer; or with convolutions alone, and then the fully connected layers are drawn.
   *
   * @param start a classification checkpoint, or one of convolutions only
   * @param data images to train on and to validate with, each with objects of one class; of several
   *     objects in a training image the first is learned, {@link BoxedImages#eachObject()} gives
   *     each its turn
   * @return a builder
   */
  public static LocalizerBuilder from(Checkpoint start, Split<BoxedImages> data) {
    return new LocalizerBuilder(start.network(), Start.layersOf(start, "fc8"), data);
  }

  /**
   * Starts a training from scratch, which the paper does not.
   *
   * @param network whose last layer is replaced
   * @param data images to train on and to validate with, each with objects of one class; of several
   *     objects in a training image the first is learned, {@link BoxedImages#eachObject()} gives
   *     each its turn
   * @return a builder
   */
  public static LocalizerBuilder of(Vgg network, Split<BoxedImages> data) {
    return new LocalizerBuilder(network, Start.random(), data);
  }

  /** {@return the network and its weights} */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** {@return what its outputs are} */
  public BoxRegression regression() {
    return regression;
  }

  /**
   * Test 1 of appendix A at the scale of the training, of a range the middle.
   *
   * @param images with objects of one class each
   * @return as {@link #test(BoxedImages, int)}
   */
  public Localization test(BoxedImages images) {
    return test(images, CenterCropBoxes.scale(checkpoint));
  }

  /**
   * Test 1 of appendix A: where the true class is seen in the center crop. The class is given, so
   * that the place alone can be wrong.
   *
   * @param images with objects of one class each; a box that overlaps any of them counts
   * @param scale Q, the smallest side that images are rescaled to
   * @return the result, one guess an image
   * @throws verydeep.VerydeepException if an image shows no class or several, or one that the
   *     network has no box for
   * @throws verydeep.VerydeepException if the scale is below the network's input
   */
  public Localization test(BoxedImages images, int scale) {
    long began = System.nanoTime();
    CenterCropBoxes seen = CenterCropBoxes.of(checkpoint, images, scale);
    List<BoundingBox> boxes = seen.boxes();
    List<LocalizedImage> results = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      AnnotatedImage image = images.annotated(i);
      String name = image.names().get(0);
      int label = images.label(name);
      List<BoxGuess> guess = List.of(new BoxGuess(label, boxes.get(i), 1));
      results.add(new LocalizedImage(image.file(), label, image.boxes(name), guess));
    }
    return new Localization(
            name(),
            "true class, center crop, Q=" + scale,
            images.classes(),
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
