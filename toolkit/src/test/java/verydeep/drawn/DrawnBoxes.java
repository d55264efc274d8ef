package verydeep.drawn;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;

/** Images of one shape each on gray noise, whose box is known. */
public final class DrawnBoxes {

  private static final List<String> SHAPES = List.of("disc", "square");

  private DrawnBoxes() {}

  /**
   * Red discs and blue squares, wider or higher by up to a half, from a third to two thirds of the
   * image large.
   *
   * @param folder for the files
   * @param count how many images, half of each shape
   * @param side of an image, pixels
   */
  public static BoxedImages shapes(Path folder, int count, int side, long seed) {
    Random random = new Random(seed);
    List<AnnotatedImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String shape = SHAPES.get(i % 2);
      int width = side / 3 + random.nextInt(side / 3);
      int height =
          Math.min(2 * side / 3, (int) Math.round(width * (0.67 + 0.83 * random.nextDouble())));
      int x = random.nextInt(side - width);
      int y = random.nextInt(side - height);
      Path file = folder.resolve(i + ".png");
      write(file, draw(shape, x, y, width, height, side, random));
      BoundingBox box = new BoundingBox(x, y, x + width, y + height);
      images.add(
          new AnnotatedImage(file, side, side, List.of(new AnnotatedImage.Annotation(shape, box))));
    }
    return BoxedImages.of(SHAPES, images);
  }

  private static BufferedImage draw(
      String shape, int x, int y, int width, int height, int side, Random random) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int gray = 90 + random.nextInt(60);
      image.setRGB(i % side, i / side, new Color(gray, gray, gray).getRGB());
    }
    Graphics2D pen = image.createGraphics();
    int light = 180 + random.nextInt(60);
    if (shape.equals("disc")) {
      pen.setColor(new Color(light, 40, 40));
      pen.fillOval(x, y, width, height);
    } else {
      pen.setColor(new Color(40, 40, light));
      pen.fillRect(x, y, width, height);
    }
    pen.dispose();
    return image;
  }

  private static void write(Path file, BufferedImage image) {
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
