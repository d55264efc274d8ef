package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.MultiLabelImages;
import verydeep.data.Preprocessing;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Appendix B on a drawn tree of PASCAL VOC's layout, from files to mean average precision. */
@Timeout(60)
class VocProtocolTest {

  private static final int IMAGES = 40;

  @TempDir private Path root;

  private final StringBuilder list = new StringBuilder();
  private final StringBuilder blue = new StringBuilder();
  private final StringBuilder red = new StringBuilder();
  private final StringBuilder people = new StringBuilder();
  private final StringBuilder sitting = new StringBuilder();
  private final StringBuilder standing = new StringBuilder();

  private static FeatureExtractor extractor() {
    Vgg net = Vgg.of(Configuration.A).width(0.25).convolutionsOnly().build();
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(net, 1), List.of(), Preprocessing.caffe(), Provenance.unknown());
    return FeatureExtractor.of(checkpoint).layer("pool2").scales(40, 48).averaged().quiet();
  }

  /**
   * Noise with a red square, a blue one, both or none; of the two people one is green, who sits,
   * and one is yellow, who stands.
   */
  private void draw(String set, long seed) throws IOException {
    Random random = new Random(seed);
    Files.createDirectories(root.resolve("JPEGImages"));
    Files.createDirectories(root.resolve("Annotations"));
    for (int i = 0; i < IMAGES; i++) {
      String name = set + "_" + i;
      BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
      for (int at = 0; at < 96 * 64; at++) {
        image.setRGB(at % 96, at / 96, 0x010101 * (96 + random.nextInt(64)));
      }
      boolean hasBlue = random.nextBoolean();
      boolean hasRed = random.nextInt(3) == 0;
      boolean firstSits = random.nextBoolean();
      Graphics2D g = image.createGraphics();
      square(g, hasBlue, Color.BLUE, random.nextInt(80), 0);
      square(g, hasRed, Color.RED, random.nextInt(80), 16);
      square(g, true, firstSits ? Color.GREEN : Color.YELLOW, 0, 40);
      square(g, true, firstSits ? Color.YELLOW : Color.GREEN, 48, 40);
      g.dispose();
      ImageIO.write(image, "png", root.resolve("JPEGImages/" + name + ".png").toFile());
      annotate(name);
      list.append(name).append('\n');
      blue.append(name).append(hasBlue ? "  1\n" : " -1\n");
      red.append(name).append(hasRed ? "  1\n" : " -1\n");
      people.append(name).append(" 1\n").append(name).append(" 2\n");
      mark(sitting, name, firstSits);
      mark(standing, name, !firstSits);
    }
    write("Main", set, list);
    write("Main", "blue_" + set, blue);
    write("Main", "red_" + set, red);
    write("Action", set, people);
    write("Action", "sitting_" + set, sitting);
    write("Action", "standing_" + set, standing);
  }

  private static void square(Graphics2D g, boolean shown, Color color, int x, int y) {
    if (shown) {
      g.setColor(color);
      g.fillRect(x, y, 16, 16);
    }
  }

  private static void mark(StringBuilder lines, String name, boolean first) {
    lines.append(name).append(" 1 ").append(first ? "1\n" : "-1\n");
    lines.append(name).append(" 2 ").append(first ? "-1\n" : "1\n");
  }

  private void annotate(String name) throws IOException {
    String person =
        "<object><name>person</name><bndbox><xmin>%d</xmin><ymin>37</ymin><xmax>%d</xmax>"
            + "<ymax>60</ymax></bndbox></object>";
    Files.writeString(
        root.resolve("Annotations/" + name + ".xml"),
        "<annotation><size><width>96</width><height>64</height></size>"
            + person.formatted(1, 24)
            + person.formatted(45, 68)
            + "</annotation>");
  }

  private void write(String task, String name, StringBuilder lines) throws IOException {
    Path folder = Files.createDirectories(root.resolve("ImageSets").resolve(task));
    Files.writeString(folder.resolve(name + ".txt"), lines);
    lines.setLength(0);
  }

  @Test
  void ranksImagesByTheClassesThatTheyShow() throws IOException {
    draw("trainval", 1);
    draw("test", 2);
    MultiLabelImages train = MultiLabelImages.voc(root, "trainval");
    MultiLabelImages test = MultiLabelImages.voc(root, "test");

    MultiLabelEvaluation result =
        MultiLabelSvm.of(extractor().run(train.images()), train)
            .run()
            .test(extractor().run(test.images()), test);

    assertThat(result.elevenPoints()).isGreaterThan(0.9);
    assertThat(result.areaUnderCurve()).isGreaterThan(0.9);
    assertThat(result.chance()).isBetween(0.2, 0.6);
    assertThat(result.protocol()).isEqualTo("dense, Q=40,48, flipped, averaged");
  }

  @Test
  void actionsNeedTheBoxOfThePerson() throws IOException {
    draw("train", 3);
    draw("val", 4);
    MultiLabelImages train = MultiLabelImages.vocActions(root, "train");
    MultiLabelImages test = MultiLabelImages.vocActions(root, "val");
    Features seen = extractor().run(train.images());
    Features unseen = extractor().run(test.images());

    MultiLabelEvaluation image = MultiLabelSvm.of(seen, train).run().test(unseen, test);
    MultiLabelEvaluation both =
        MultiLabelSvm.of(seen.stackedWith(extractor().run(train.boxes())), train)
            .run()
            .test(unseen.stackedWith(extractor().run(test.boxes())), test);

    assertThat(image.areaUnderCurve()).isBetween(0.4, 0.6);
    assertThat(both.areaUnderCurve()).isGreaterThan(0.95);
    assertThat(both.protocol()).endsWith("& dense, Q=40,48, flipped, averaged, of boxes");
  }
}
