package verydeep.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Files written by Pillow, and images made up here. */
public final class Goldens {
  private Goldens() {}

  static Path path(String name) {
    try {
      return Path.of(Goldens.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static RgbImage image(String name) {
    return RgbImage.read(path(name));
  }

  /** Noise that depends on the seed. */
  static RgbImage noise(int width, int height, long seed) {
    byte[] rgb = new byte[3 * width * height];
    new SplittableRandom(seed).nextBytes(rgb);
    return RgbImage.of(width, height, rgb);
  }

  public static Path write(RgbImage image, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage pixels = image.toBufferedImage();
    String name = file.toString();
    if (!ImageIO.write(pixels, name.substring(name.lastIndexOf('.') + 1), file.toFile())) {
      throw new IOException("no writer for " + file);
    }
    return file;
  }

  /** A folder of classes 0, 1, ... with this many images of noise each, of various sizes. */
  public static Images images(Path root, int... counts) throws IOException {
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        RgbImage image = noise(20 + 3 * i % 17, 20 + 5 * i % 13, 100L * label + i);
        write(image, root.resolve("class" + label).resolve("%03d.png".formatted(i)));
      }
    }
    return Images.folder(root);
  }
}
