package verydeep.spark;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.TrainingScale;
import verydeep.localization.DenseLocalizer;
import verydeep.localization.Localizer;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** What the tests share: a session of two threads, small images, narrow networks. */
final class Sample {

  static final List<String> CLASSES = List.of("a", "b", "c");

  /** An image that tests damage. */
  static final String DAMAGED = "b/004.png";

  private Sample() {}

  /** The session of this JVM, in which driver and executor are. */
  static SparkSession spark() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("verydeep")
        .config("spark.ui.enabled", false)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate();
  }

  static Cluster cluster() {
    return Cluster.of(spark()).quiet();
  }

  /** Noise of several sizes, in three classes by turns. */
  static Images images(Path root, int count) {
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      BufferedImage image =
          new BufferedImage(34 + i * 7 % 23, 34 + i * 5 % 19, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          image.setRGB(x, y, random.nextInt(1 << 24));
        }
      }
      write(root.resolve(CLASSES.get(i % 3)).resolve("%03d.png".formatted(i)), image);
    }
    return Images.folder(root);
  }

  /** Draws images and damages one; {@return their folder} */
  static Path withDamaged(Path root, int count) throws IOException {
    images(root, count);
    Files.writeString(root.resolve(DAMAGED), "no image");
    return root;
  }

  private static void write(Path file, BufferedImage image) {
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same images with a box each. */
  static BoxedImages boxed(Images images) {
    List<AnnotatedImage> all = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      int width = images.image(i).width();
      int height = images.image(i).height();
      BoundingBox box = new BoundingBox(3, 4, width - 5.0, height - 6.0);
      String name = CLASSES.get(images.label(i));
      var object = new AnnotatedImage.Annotation(name, box, false, false, "");
      all.add(new AnnotatedImage(images.file(i), width, height, List.of(object)));
    }
    return BoxedImages.of(CLASSES, all);
  }

  static Checkpoint network(long seed) {
    return network(CLASSES, seed);
  }

  private static Checkpoint network(List<String> outputs, long seed) {
    Vgg net = Vgg.of(Configuration.A).classes(outputs.size()).width(1 / 16.0).input(32).build();
    return Checkpoint.of(
            Parameters.initial(net, seed),
            outputs,
            Preprocessing.paper(new Rgb(120, 110, 100)),
            Provenance.unknown())
        .withTrainingScale(TrainingScale.fixed(32));
  }

  static DenseLocalizer localizer() {
    Localizer boxes = Localizer.of(network(List.of("x", "y", "width", "height"), 2));
    return DenseLocalizer.of(network(1), boxes).scales(32, 40).quiet();
  }
}
