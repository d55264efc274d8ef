package verydeep.drawn;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;

/** Folders of small images that are easy to tell apart, drawn for a test. */
public final class DrawnImages {

  private DrawnImages() {}

  /** Red discs, green triangles and blue squares on gray noise, 40x40. */
  public static Images shapes(Path root, int ofEach, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < ofEach; i++) {
      for (String shape : List.of("disc", "square", "triangle")) {
        write(root.resolve(shape).resolve(i + ".png"), shape(shape, random));
      }
    }
    return Images.folder(root);
  }

  /** Squares of two colors, 40x40. */
  public static Images redAndBlue(Path root, int ofEach, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < ofEach; i++) {
      write(root.resolve("blue").resolve(i + ".png"), square(new Color(20, 30, 220), random));
      write(root.resolve("red").resolve(i + ".png"), square(new Color(220, 30, 20), random));
    }
    return Images.folder(root);
  }

  /** Colored noise, an image of each of some sizes, in classes a, b and c by turns. */
  public static Images noise(Path root, long seed, int... widthsAndHeights) {
    Random random = new Random(seed);
    for (int i = 0; i < widthsAndHeights.length; i += 2) {
      BufferedImage image = noise(widthsAndHeights[i], widthsAndHeights[i + 1], random);
      String name = "abc".charAt(i / 2 % 3) + "/" + String.format("%03d", i / 2) + ".png";
      write(root.resolve(name), image);
    }
    return Images.folder(root);
  }

  /** A file that is called an image and is none. */
  public static Path broken(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, "no image");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Preprocessed images of one shape, ready for a forward pass. */
  public static FloatBuffer pixels(Preprocessing preprocessing, List<RgbImage> images) {
    RgbImage first = images.get(0);
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(12 * images.size() * first.width() * first.height())
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    images.forEach(image -> preprocessing.write(image, pixels));
    return pixels.flip();
  }

  /** Names of threads of the toolkit that still live after a short wait. */
  public static List<String> threadsLeft() throws InterruptedException {
    List<String> left = threads();
    for (int i = 0; i < 200 && !left.isEmpty(); i++) {
      Thread.sleep(10);
      left = threads();
    }
    return left;
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("verydeep-") && !name.startsWith("verydeep-cpu"))
        .toList();
  }

  private static BufferedImage shape(String shape, Random random) {
    BufferedImage image = gray(random);
    Graphics2D pen = image.createGraphics();
    int side = 16 + random.nextInt(12);
    int x = 4 + random.nextInt(36 - side);
    int y = 4 + random.nextInt(36 - side);
    int light = 180 + random.nextInt(60);
    switch (shape) {
      case "disc" -> {
        pen.setColor(new Color(light, 40, 40));
        pen.fillOval(x, y, side, side);
      }
      case "square" -> {
        pen.setColor(new Color(40, 40, light));
        pen.fillRect(x, y, side, side);
      }
      default -> {
        pen.setColor(new Color(40, light, 40));
        int[] xs = {x, x + side, x + side / 2};
        int[] ys = {y + side, y + side, y};
        pen.fillPolygon(xs, ys, 3);
      }
    }
    pen.dispose();
    return image;
  }

  private static BufferedImage square(Color color, Random random) {
    BufferedImage image = gray(random);
    Graphics2D pen = image.createGraphics();
    pen.setColor(color);
    pen.fillRect(4 + random.nextInt(6), 4 + random.nextInt(6), 26, 26);
    pen.dispose();
    return image;
  }

  private static BufferedImage gray(Random random) {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 40; x++) {
        int level = 100 + random.nextInt(50);
        image.setRGB(x, y, level << 16 | level << 8 | level);
      }
    }
    return image;
  }

  private static BufferedImage noise(int width, int height, Random random) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
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
