package verydeep.drawn;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import javax.imageio.ImageIO;
import verydeep.data.Ilsvrc;

/** The validation set of ILSVRC-2012 in small: noise, a PNG named JPEG, a CMYK and a gray JPEG. */
public final class DrawnIlsvrc {

  /** As many as the devkit of the tests has numbers for. */
  public static final int IMAGES = 300;

  private DrawnIlsvrc() {}

  /** Writes the images into a folder, 40x36 pixels each. */
  public static void write(Path flat) throws IOException {
    Files.createDirectories(flat);
    Random random = new Random(1);
    for (int i = 1; i <= IMAGES; i++) {
      BufferedImage image = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 40 * 36; p++) {
        image.setRGB(p % 40, p / 40, random.nextInt());
      }
      String format = i == 17 ? "png" : "jpg"; // one is a PNG, whatever it is called
      ImageIO.write(image, format, flat.resolve(name(i)).toFile());
    }
    copy("cmyk.jpg", flat.resolve(name(19)));
    copy("gray.jpg", flat.resolve(name(23)));
  }

  private static void copy(String resource, Path to) throws IOException {
    try (InputStream in = Ilsvrc.class.getResourceAsStream(resource)) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** An image's name; the first is number 1. */
  public static String name(int number) {
    return "ILSVRC2012_val_%08d.JPEG".formatted(number);
  }

  /** The devkit's folder. */
  public static Path devkit() {
    try {
      return Path.of(Ilsvrc.class.getResource("devkit").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
