package verydeep.examples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import verydeep.data.Ilsvrc;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;
import verydeep.drawn.DrawnIlsvrc;
import verydeep.drawn.DrawnImages;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.network.VggBuilder;
import verydeep.weights.Checkpoint;
import verydeep.weights.Pretrained;
import verydeep.weights.Provenance;

/**
 * What stands behind the paths that examples name: a few images of each data set and narrow
 * networks, so that an example ends in seconds.
 */
final class SmallData {

  /** The folder of published weights, by the property {@code verydeep.cache}. */
  static final String CACHE = "cache";

  /** A folder of five classes. */
  static final String OTHERS = "others";

  private static final int ILSVRC_TRAINING = 60;
  private static final int ILSVRC_VALIDATION = 16;
  private static final double NARROW = 1 / 64.0;

  private final Path folder;
  private final Path root;

  private SmallData(Path folder, Path root) {
    this.folder = folder;
    this.root = root;
  }

  /**
   * Writes all of it.
   *
   * @param folder the working folder of the examples
   * @param root of the repository, whose own data sets are taken in part
   */
  static void write(Path folder, Path root) throws IOException {
    SmallData data = new SmallData(folder, root);
    data.clothes();
    data.others();
    data.cells();
    data.ilsvrc();
    data.voc();
    DrawnImages.shapes(folder.resolve("101_ObjectCategories"), 34, 1);
    data.networks();
    data.copy("docs", 99);
    write(folder.resolve("cat.jpg"), 40, 30);
  }

  private void clothes() throws IOException {
    for (String name : names("datasets/clothing/train")) {
      copy("datasets/clothing/train/" + name, 12);
      copy("datasets/clothing/test/" + name, 5);
    }
  }

  /** Five classes of other images. */
  private void others() throws IOException {
    for (int i = 0; i < 20; i++) {
      write(folder.resolve(OTHERS).resolve("class-" + i % 5).resolve(i + ".jpg"), 40 + i, 40);
    }
  }

  private void cells() throws IOException {
    String list = "datasets/bccd/ImageSets/Main/";
    for (String set : List.of("train", "trainval", "val", "test")) {
      List<String> some =
          Files.readAllLines(root.resolve(list + set + ".txt")).stream().limit(10).toList();
      Files.createDirectories(folder.resolve(list));
      Files.write(folder.resolve(list + set + ".txt"), some);
      for (String name : some) {
        copyFile("datasets/bccd/Annotations/" + name + ".xml");
        copyFile("datasets/bccd/JPEGImages/" + name + ".jpg");
      }
    }
  }

  private void ilsvrc() throws IOException {
    Path images = folder.resolve("ILSVRC2012_img_val");
    DrawnIlsvrc.write(images);
    for (int number = ILSVRC_VALIDATION + 1; number <= DrawnIlsvrc.IMAGES; number++) {
      Files.delete(images.resolve(DrawnIlsvrc.name(number)));
    }
    Path devkit = folder.resolve("ILSVRC2012_devkit_t12/data");
    Files.createDirectories(devkit);
    for (Path file : files(DrawnIlsvrc.devkit().resolve("data"))) {
      Files.copy(file, devkit.resolve(file.getFileName().toString()));
    }
    for (int number = 1; number <= ILSVRC_VALIDATION; number++) {
      String name = DrawnIlsvrc.name(number).replace(".JPEG", ".xml");
      box("ILSVRC2012_bbox_val_v3/val/" + name, Ilsvrc.wnids().get(number % 3), 40, 36);
    }
    for (int number = 1; number <= ILSVRC_TRAINING; number++) {
      String synset = Ilsvrc.wnids().get(number % 3);
      String name = synset + "/" + synset + "_" + number;
      write(folder.resolve("ILSVRC2012_img_train/" + name + ".JPEG"), 60, 40);
      box("ILSVRC2012_bbox_train_v2/" + name + ".xml", synset, 60, 40);
    }
  }

  /** An annotation of one object, from the tenth pixel on. */
  private void box(String file, String name, int width, int height) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(
        path,
        """
        <annotation>
          <size><width>%d</width><height>%d</height></size>
          <object><name>%s</name><bndbox>
            <xmin>10</xmin><ymin>10</ymin><xmax>%d</xmax><ymax>%d</ymax>
          </bndbox></object>
        </annotation>
        """
            .formatted(width, height, name, width - 5, height - 5));
  }

  /** Labels of two classes, each shown in every other image. */
  private void voc() throws IOException {
    Path voc = folder.resolve("VOCdevkit/VOC2007");
    Path lists = Files.createDirectories(voc.resolve("ImageSets/Main"));
    for (String set : List.of("trainval", "test")) {
      List<String> names = Stream.iterate(1, n -> n + 1).limit(6).map(n -> set + n).toList();
      Files.write(lists.resolve(set + ".txt"), names);
      for (int i = 0; i < names.size(); i++) {
        write(voc.resolve("JPEGImages/" + names.get(i) + ".jpg"), 40 + i % 2 * 20, 40);
      }
      for (String shown : List.of("cat", "dog")) {
        int even = shown.equals("cat") ? 1 : -1;
        List<String> labels =
            names.stream().map(n -> n + " " + (names.indexOf(n) % 2 == 0 ? even : -even)).toList();
        Files.write(lists.resolve(shown + "_" + set + ".txt"), labels);
      }
    }
  }

  /** Narrow ones, also in place of the published weights, so that nothing is fetched. */
  private void networks() throws IOException {
    Path shipped = folder.resolve("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
    Files.createDirectories(shipped.getParent());
    convolutions(Configuration.D).write(shipped);
    Checkpoint d = thousandClasses(Configuration.D);
    d.write(folder.resolve("d.safetensors"));
    d.write(folder.resolve("vgg16.pth")); // the reader knows a file by its content
    Path cache = Files.createDirectories(folder.resolve(CACHE));
    for (Pretrained published : Pretrained.all()) {
      Configuration configuration = Configuration.valueOf(published.name().substring(0, 1));
      boolean whole = !published.name().endsWith("convolutions");
      Checkpoint narrow = whole ? thousandClasses(configuration) : convolutions(configuration);
      narrow.write(cache.resolve(published.file()));
    }
  }

  private static Checkpoint convolutions(Configuration configuration) {
    Vgg network = narrow(configuration).convolutionsOnly().build();
    return checkpoint(network, List.of());
  }

  private static Checkpoint thousandClasses(Configuration configuration) {
    return checkpoint(narrow(configuration).classes(1000).units(16).build(), Ilsvrc.classes());
  }

  private static Checkpoint checkpoint(Vgg network, List<String> classes) {
    return Checkpoint.of(
            Parameters.initial(network, 1), classes, Preprocessing.caffe(), Provenance.unknown())
        .withTrainingScale(TrainingScale.fixed(36));
  }

  private static VggBuilder narrow(Configuration configuration) {
    return Vgg.of(configuration).width(NARROW).input(32);
  }

  private static void write(Path file, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(200, 40 + width, 40));
    pen.fillOval(10, 10, width - 15, height - 15);
    pen.dispose();
    Files.createDirectories(file.toAbsolutePath().getParent());
    ImageIO.write(image, "jpg", file.toFile());
  }

  private void copy(String from, int most) throws IOException {
    for (Path file : files(root.resolve(from)).stream().limit(most).toList()) {
      copyFile(from + "/" + file.getFileName());
    }
  }

  private void copyFile(String name) throws IOException {
    Path to = folder.resolve(name);
    if (!Files.exists(to)) {
      Files.createDirectories(to.getParent());
      Files.copy(root.resolve(name), to);
    }
  }

  private List<String> names(String of) throws IOException {
    try (Stream<Path> found = Files.list(root.resolve(of))) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static List<Path> files(Path of) throws IOException {
    try (Stream<Path> found = Files.list(of)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
