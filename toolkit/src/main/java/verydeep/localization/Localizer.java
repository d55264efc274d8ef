package verydeep.localization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.RgbImage;
import verydeep.data.Split;
import verydeep.network.Vgg;
import verydeep.training.Start;
import verydeep.weights.Checkpoint;

/**
 * A network that predicts where the object is (appendix A): one of Table 1 whose last layer
 * predicts a box, as its center and size in fractions of the input.
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
   * Returns the localizer of a trained network.
   *
   * @param checkpoint a checkpoint whose outputs are boxes
   * @return the localizer
   * @throws verydeep.VerydeepException if they are not
   */
  public static Localizer of(Checkpoint checkpoint) {
    return new Localizer(checkpoint);
  }

  /**
   * Reads the localizer of a trained network from a file.
   *
   * @param file a file that {@link Checkpoint#write(Path)} wrote
   * @return the localizer
   */
  public static Localizer read(String file) {
    return of(Checkpoint.read(file));
  }

  /**
   * Configures a training that starts from a classifier's weights (appendix A) except for those of
   * the last layer, or from convolutions alone, with fully connected layers drawn at random.
   *
   * @param start a classification checkpoint, or one of convolutions only
   * @param data the training and validation images, each with objects of one class; if a training
   *     image has several objects, the first is learned; {@link BoxedImages#eachObject()} makes an
   *     example of each
   * @return a builder
   */
  public static LocalizerBuilder from(Checkpoint start, Split<BoxedImages> data) {
    return new LocalizerBuilder(start.network(), Start.layersOf(start, "fc8"), data);
  }

  /**
   * Configures a training from scratch, which the paper does not do.
   *
   * @param network the network whose last layer is replaced
   * @param data the training and validation images, each with objects of one class; if a training
   *     image has several objects, the first is learned; {@link BoxedImages#eachObject()} makes an
   *     example of each
   * @return a builder
   */
  public static LocalizerBuilder of(Vgg network, Split<BoxedImages> data) {
    return new LocalizerBuilder(network, Start.random(), data);
  }

  /** {@return the network and its weights} */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** {@return the meaning of its outputs} */
  public BoxRegression regression() {
    return regression;
  }

  /**
   * Runs test 1 of appendix A at the training scale, or at the middle of its range.
   *
   * @param images images with objects of one class each
   * @return the result, as of {@link #test(BoxedImages, int)}
   */
  public Localization test(BoxedImages images) {
    return test(images, CenterCropBoxes.scale(checkpoint));
  }

  /**
   * Runs test 1 of appendix A: where the network sees the true class in the center crop. The class
   * is given, so only the place can be wrong.
   *
   * @param images images with objects of one class each; a box that overlaps any of them counts
   * @param scale Q, the shorter side that images are rescaled to
   * @return the result, one guess per image
   * @throws verydeep.VerydeepException if an image shows no class or several, or one for which the
   *     network has no box
   * @throws verydeep.VerydeepException if the scale is below the network's input
   * @throws verydeep.VerydeepException if a file appears twice, as with {@link
   *     BoxedImages#eachObject()}
   */
  public Localization test(BoxedImages images, int scale) {
    long began = System.nanoTime();
    CenterCropBoxes seen = CenterCropBoxes.of(checkpoint, TestedImages.once(images), scale);
    List<BoundingBox> boxes = seen.boxes();
    List<LocalizedImage> results = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      AnnotatedImage image = images.annotated(i);
      String name = image.names().get(0);
      int label = images.label(name);
      List<LocalizedImage.Guess> guess = List.of(new LocalizedImage.Guess(label, boxes.get(i), 1));
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

  /**
   * Finds the object in an image: what the network predicts for the center crop at the training
   * scale, or at the middle of its range.
   *
   * @param image the image
   * @return a box in pixels of the image: one for any class, or one per class in the order of the
   *     classes. A network for boxes alone gives no score; {@link DenseLocalizer#find} does
   * @throws verydeep.VerydeepException if the checkpoint does not record its training scale
   */
  public List<FoundObject> find(RgbImage image) {
    return CenterCropBoxes.find(checkpoint, image);
  }

  /**
   * Finds the object in a file, as {@link #find(RgbImage)}.
   *
   * @param file an image
   * @return one box, or one per class
   * @throws verydeep.data.UnreadableImageException if the file is missing, damaged or no image
   */
  public List<FoundObject> find(String file) {
    return find(RgbImage.read(file));
  }

  /**
   * Writes the network to a file, which {@link #read} reads.
   *
   * @param file a path; missing folders are created
   * @return the path
   * @throws verydeep.FileException if it cannot be written
   */
  public Path write(String file) {
    return checkpoint.write(file);
  }

  String name() {
    return "VGG "
        + checkpoint.network().label()
        + (regression.perClass() ? ", per-class boxes" : ", single-class box");
  }

  /** Returns the network and the meaning of its outputs. */
  @Override
  public String toString() {
    return name() + "\n" + checkpoint.provenance();
  }
}
