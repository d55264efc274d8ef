package verydeep.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import javax.imageio.ImageIO;

/** A JPEG file of smooth noise, about as large as that of a photo. */
final class NoisePhoto {

  private NoisePhoto() {}

  /** The file; its folder is a class, and there is another, since a test wants two. */
  static Path write(Path folder, int width, int height) throws IOException {
    BufferedImage coarse = new BufferedImage(width / 4, height / 4, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int y = 0; y < coarse.getHeight(); y++) {
      for (int x = 0; x < coarse.getWidth(); x++) {
        coarse.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    photo.createGraphics().drawImage(coarse, 0, 0, width, height, null);
    Path file = Files.createDirectories(folder.resolve("noise")).resolve("photo.jpg");
    ImageIO.write(photo, "jpg", file.toFile());
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.copy(file, other.resolve("photo.jpg"), StandardCopyOption.REPLACE_EXISTING);
    return file;
  }
}
