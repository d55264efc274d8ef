package verydeep.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import verydeep.VerydeepException;

/** Writes images with their boxes as a VOC tree of PNG files. */
final class VocWriter {

  private final Path annotations;
  private final Path images;
  private final Path sets;
  private final Set<String> names = new LinkedHashSet<>();

  VocWriter(Path root) throws IOException {
    annotations = Files.createDirectories(root.resolve("Annotations"));
    images = Files.createDirectories(root.resolve("JPEGImages"));
    sets = Files.createDirectories(root.resolve("ImageSets").resolve("Main"));
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
    xml.append("<filename>%s.png</filename>\n".formatted(escaped(name)));
    xml.append(
        "<size><width>%d</width><height>%d</height><depth>3</depth></size>\n"
            .formatted(image.width(), image.height()));
    objects.forEach(object -> xml.append(xml(object)));
    Files.writeString(annotations.resolve(name + ".xml"), xml.append("</annotation>\n"));
  }

  private static String xml(AnnotatedImage.Annotation object) {
    BoundingBox box = object.box();
    return """
    <object><name>%s</name><truncated>%d</truncated><difficult>%d</difficult>\
    <bndbox><xmin>%s</xmin><ymin>%s</ymin><xmax>%s</xmax><ymax>%s</ymax></bndbox></object>
    """
        .formatted(
            escaped(object.name()),
            object.truncated() ? 1 : 0,
            object.difficult() ? 1 : 0,
            box.left() + 1, // VOC counts pixels from 1
            box.top() + 1,
            box.right(),
            box.bottom());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  /** Lists the images as a set; until then the tree is incomplete. */
  void finish(String set) throws IOException {
    Files.write(sets.resolve(set + ".txt"), names);
  }
}
