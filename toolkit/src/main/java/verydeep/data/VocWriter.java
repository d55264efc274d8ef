package verydeep.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import verydeep.VerydeepException;

/** Writes images with their boxes as a VOC tree of PNG files. */
final class VocWriter {

  private final Path annotations;
  private final Path images;
  private final Path list;
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * Begins a tree. The set's list of an earlier one is deleted: until {@link #finish}, files of
   * both may be there.
   */
  VocWriter(Path root, String set) throws IOException {
    annotations = Files.createDirectories(root.resolve("Annotations"));
    images = Files.createDirectories(root.resolve("JPEGImages"));
    Path sets = Files.createDirectories(root.resolve("ImageSets").resolve("Main"));
    list = sets.resolve(set + ".txt");
    Files.deleteIfExists(list);
  }

  void add(String name, RgbImage image, List<AnnotatedImage.Annotation> objects)
      throws IOException {
    if (!names.add(name)) {
      throw new VerydeepException(
          "Two images would be named " + name + ". Write them to separate folders.");
    }
    try (OutputStream out = Files.newOutputStream(images.resolve(name + ".png"))) {
      ImageIO.write(image.toBufferedImage(), "png", out);
    }
    StringBuilder xml = new StringBuilder("<annotation>\n");
    xml.append("<filename>" + escaped(name) + ".png</filename>\n");
    xml.append("<size><width>" + image.width() + "</width>");
    xml.append("<height>" + image.height() + "</height><depth>3</depth></size>\n");
    objects.forEach(object -> xml.append(xml(object)));
    Files.writeString(annotations.resolve(name + ".xml"), xml.append("</annotation>\n"));
  }

  private static String xml(AnnotatedImage.Annotation object) {
    BoundingBox box = object.box();
    return String.format(
        Locale.ROOT,
        """
        <object><name>%s</name><truncated>%d</truncated><difficult>%d</difficult>\
        <bndbox><xmin>%s</xmin><ymin>%s</ymin><xmax>%s</xmax><ymax>%s</ymax></bndbox></object>
        """,
        escaped(object.name()),
        object.truncated() ? 1 : 0,
        object.difficult() ? 1 : 0,
        box.left() + 1, // VOC counts pixels from 1
        box.top() + 1,
        box.right(),
        box.bottom());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Lists the images as the set, all at once; until then the tree is incomplete. */
  void finish() throws IOException {
    Path part = list.resolveSibling(list.getFileName() + ".part");
    Files.write(part, names);
    Files.move(part, list, StandardCopyOption.REPLACE_EXISTING);
  }
}
