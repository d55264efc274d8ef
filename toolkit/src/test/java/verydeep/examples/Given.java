package verydeep.examples;

import verydeep.data.BoxedImages;
import verydeep.data.Images;
import verydeep.data.ObjectWindows;
import verydeep.data.RgbImage;
import verydeep.data.Split;
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.training.Recipe;
import verydeep.training.Training;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.weights.Checkpoint;

/** The names that an example may use without saying what they are, as a short example does. */
public final class Given {

  /** Photos of ten kinds of clothes. */
  public static final Images images = Images.folder("datasets/clothing/train").take(20, 1);

  /** Photos of five classes. */
  public static final Split<Images> others = Images.folder(SmallData.OTHERS).split(0.7, 1);

  /** One of the images, small. */
  public static final RgbImage image = images.image(0).rescale(64);

  /** A network for ten classes. */
  public static final Vgg net =
      Vgg.of(Configuration.A).classes(10).width(1 / 32.0).input(32).build();

  /** A short training of it. */
  public static final Training run =
      Training.of(net, images.split(0.8, 1))
          .recipe(Recipe.paper().batch(16).epochs(2))
          .quiet()
          .run();

  /** A trained network. */
  public static final Checkpoint checkpoint = run.best();

  /** The convolutions of D. */
  public static final Checkpoint d =
      Checkpoint.read("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");

  /** Features of images to learn from. */
  public static final Features trainingFeatures = features("datasets/clothing/train");

  /** Features of images to test with. */
  public static final Features testFeatures = features("datasets/clothing/test");

  /** Images of one cell each, with its box. */
  public static final BoxedImages cells = oneAnImage("trainval");

  /** Other images of the same classes. */
  public static final BoxedImages unseen = oneAnImage("test");

  /** A network that tells these classes apart. */
  public static final Checkpoint classifier =
      checkpoint.withNewFc8(cells.classes().size()).withClassNames(cells.classes());

  private Given() {}

  private static BoxedImages oneAnImage(String set) {
    return ObjectWindows.of(BoxedImages.voc("datasets/bccd", set))
        .most(6)
        .sizes(1.3, 3)
        .side(128)
        .run("target/given/" + set);
  }

  private static Features features(String folder) {
    return FeatureExtractor.of(d).scales(40).quiet().run(Images.folder(folder));
  }
}
