package verydeep.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import verydeep.data.Images;

/** Lists a folder of small images in ten classes. */
final class Listing implements Contestant {

  private static final int CLASSES = 10;

  private final Path folder;
  private final int count;

  /** Makes the folder, named by the number of its images, if it is not there. */
  Listing(Path folders, int count) throws IOException {
    this.folder = folders.resolve("" + count);
    this.count = count;
    if (!Files.exists(folder)) {
      Path part = folders.resolve(count + ".part");
      Path image = part.resolve("0/0.png");
      for (int i = 0; i < CLASSES; i++) {
        Files.createDirectories(part.resolve("" + i));
      }
      var pixel = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(pixel, "png", image.toFile());
      byte[] bytes = Files.readAllBytes(image);
      for (int i = 1; i < count; i++) {
        Files.write(part.resolve(i % CLASSES + "/" + i + ".png"), bytes);
      }
      Files.move(part, folder);
    }
  }

  @Override
  public void step() {
    int found = Images.folder(folder).size();
    if (found != count) {
      throw new IllegalStateException(found + " images of " + count);
    }
  }

  @Override
  public String versions() {
    return "Java " + Runtime.version().feature();
  }

  @Override
  public void close() {}
}
