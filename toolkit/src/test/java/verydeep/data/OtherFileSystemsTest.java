package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.VerydeepException;
import verydeep.drawn.DrawnIlsvrc;
import verydeep.drawn.DrawnImages;
import verydeep.drawn.Mounted;

/** Every reader of a data set reads it from a zip, and from files that are given by name. */
class OtherFileSystemsTest {

  private static final List<String> CLASSES = List.of("cat", "dog");

  @TempDir private Path root;

  private Path tree;

  private Path write(String file, String text) throws IOException {
    Path path = tree.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /** Wider than high, so that EXIF's rotation shows. */
  private void photo(String file) throws IOException {
    Path path = tree.resolve(file);
    Files.createDirectories(path.getParent());
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, 0xffaa55);
    try (var out = Files.newOutputStream(path)) {
      ImageIO.write(image, "png", out);
    }
  }

  private static String xml(String name) {
    return """
    <annotation><size><width>40</width><height>30</height></size><object><name>%s</name>\
    <bndbox><xmin>3</xmin><ymin>5</ymin><xmax>12</xmax><ymax>20</ymax></bndbox></object></annotation>
    """
        .formatted(name);
  }

  private void folder(String name) {
    tree = root.resolve(name);
  }

  private static void same(Images one, Images other) {
    assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.file(i).getFileSystem()).isNotEqualTo(other.file(i).getFileSystem());
    }
  }

  private static void same(BoxedImages one, BoxedImages other) {
    assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    assertThat(one.flaws()).hasSameSizeAs(other.flaws());
    assertThat(one.skipped()).hasSameSizeAs(other.skipped());
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.annotated(i).width()).isEqualTo(other.annotated(i).width());
    }
  }

  private static List<RgbImage> decoded(Images images) {
    return IntStream.range(0, images.size()).mapToObj(images::image).toList();
  }

  private static List<RgbImage> decoded(BoxedImages images) {
    return IntStream.range(0, images.size()).mapToObj(images::image).toList();
  }

  @ParameterizedTest
  @EnumSource
  void foldersOfImages(Mounted.Kind kind) throws IOException {
    folder("photos");
    Images disk = DrawnImages.noise(tree, 1, 30, 20, 25, 35, 22, 22, 40, 21);
    write("a/notes.md", "no image");
    Images onDisk = Images.folder(tree);
    ImageFiles filesOnDisk = ImageFiles.in(tree);
    List<RgbImage> expected = decoded(disk);
    try (Mounted there = Mounted.of(kind, tree)) {
      Images images = Images.folder(there.root());
      same(images, onDisk);
      assertThat(images.skipped()).hasSize(1);
      assertThat(decoded(images)).isEqualTo(expected);
      assertThat(images.skippingUnreadable().size()).isEqualTo(images.size());
      assertThat(ImageFiles.in(there.root()).size()).isEqualTo(filesOnDisk.size());
      assertThat(ImageFiles.in(images.file(0)).image(0)).isEqualTo(expected.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void voc(Mounted.Kind kind) throws IOException {
    folder("VOC2007");
    write("ImageSets/Main/train.txt", "1\n2\n");
    write("ImageSets/Main/cat_train.txt", "1 1\n2 -1\n");
    write("ImageSets/Action/train.txt", "1 1\n");
    write("ImageSets/Action/riding_train.txt", "1 1 1\n");
    write("Annotations/1.xml", xml("person"));
    write("Annotations/2.xml", xml("dog").replace("<width>40</width>", "<width></width>"));
    photo("JPEGImages/1.png");
    try (InputStream rotated = resource("exif-6.jpg")) {
      Files.copy(rotated, tree.resolve("JPEGImages/2.jpg"));
    }
    BoxedImages onDisk = BoxedImages.voc(tree, "train");
    List<RgbImage> expected = decoded(onDisk);
    MultiLabelImages labels = MultiLabelImages.voc(tree, "train");
    List<RgbImage> people = decoded(MultiLabelImages.vocActions(tree, "train").boxes());
    try (Mounted there = Mounted.of(kind, tree)) {
      BoxedImages images = BoxedImages.voc(there.root(), "train");
      same(images, onDisk);
      assertThat(decoded(images)).isEqualTo(expected);
      MultiLabelImages read = MultiLabelImages.voc(there.root(), "train");
      same(read.images(), labels.images());
      assertThat(read.presence(0, 0)).isEqualTo(labels.presence(0, 0));
      MultiLabelImages actions = MultiLabelImages.vocActions(there.root(), "train");
      assertThat(decoded(actions.boxes())).isEqualTo(people);
      BoxedImages flat =
          BoxedImages.reader()
              .vocFolder(there.root().resolve("JPEGImages"), there.root().resolve("Annotations"));
      same(flat, onDisk);
      assertThatThrownBy(() -> BoxedImages.voc(there.root(), "test"))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll("no set \"test\"", "its sets are [cat_train, train]");
    }
  }

  private static InputStream resource(String name) {
    return OtherFileSystemsTest.class.getResourceAsStream(name);
  }

  @ParameterizedTest
  @EnumSource
  void yolo(Mounted.Kind kind) throws IOException {
    folder("coco");
    photo("images/a.png");
    photo("images/b.png");
    write("labels/a.txt", "1 0.5 0.5 0.25 0.5\n");
    write("labels/b.txt", "7 0.5 0.5 0.25 0.5\n");
    Path images = tree.resolve("images");
    Path labels = tree.resolve("labels");
    BoxedImages onDisk = BoxedImages.reader().skippingUnreadable().yolo(images, labels, CLASSES);
    assertThat(onDisk.size()).isEqualTo(1);
    try (Mounted there = Mounted.of(kind, tree)) {
      Path itsLabels = there.root().resolve("labels");
      Path itsImages = there.root().resolve("images");
      same(BoxedImages.reader().skippingUnreadable().yolo(itsImages, itsLabels, CLASSES), onDisk);
      assertThatThrownBy(() -> BoxedImages.yolo(itsImages, itsLabels, CLASSES))
          .isInstanceOf(UnreadableAnnotationException.class)
          .hasMessageContainingAll(itsLabels + "/b.txt, line 1", "must be from 0 to 1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void ilsvrc(Mounted.Kind kind) throws IOException {
    folder("ILSVRC");
    DrawnIlsvrc.write(tree.resolve("val"));
    try (Stream<Path> devkit = Files.walk(DrawnIlsvrc.devkit())) {
      for (Path file : devkit.filter(Files::isRegularFile).toList()) {
        Path copy = tree.resolve("devkit/" + DrawnIlsvrc.devkit().relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    String first = DrawnIlsvrc.name(1);
    write(
        "LOC_val_solution.csv", "ImageId,PredictionString\nILSVRC2012_val_00000001,n01440764 1\n");
    write("boxes/val/" + first.replace("JPEG", "xml"), xml("n01440764").replace("30<", "36<"));
    photo("train/n01440764/n01440764_18.JPEG");
    photo("train/n01443537/n01443537_2.JPEG");
    Images onDisk = Ilsvrc.validation(tree.resolve("val"), tree.resolve("devkit"));
    BoxedImages boxed = BoxedImages.ilsvrc(tree.resolve("val"), tree.resolve("boxes"));
    Images folders = Ilsvrc.folders(tree.resolve("train"));
    try (Mounted there = Mounted.of(kind, tree)) {
      Path its = there.root();
      same(Ilsvrc.validation(its.resolve("val"), its.resolve("devkit")), onDisk);
      same(BoxedImages.ilsvrc(its.resolve("val"), its.resolve("boxes")), boxed);
      same(Ilsvrc.folders(its.resolve("train")), folders);
      assertThatThrownBy(
              () -> Ilsvrc.validation(its.resolve("val"), its.resolve("LOC_val_solution.csv")))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("has no entry for " + its.resolve("val"));
    }
  }
}
