package verydeep.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of images of one pixel, each of another color, in ten classes. */
final class TinyImages {

  private static final int CLASSES = 10;

  private TinyImages() {}

  /** Returns a folder with this many images, and makes it if it is missing. */
  static Path folder(int count) throws IOException {
    Path folders = Path.of("toolkit/target/benchmarks/tiny");
    Path folder = folders.resolve("" + count);
    if (!Files.exists(folder)) {
      Path part = folders.resolve(count + ".part");
      for (int i = 0; i < CLASSES; i++) {
        Files.createDirectories(part.resolve("" + i));
      }
      byte[] image = "P6 1 1 255\nRGB".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < count; i++) {
        image[image.length - 3] = (byte) (i >> 16);
        image[image.length - 2] = (byte) (i >> 8);
        image[image.length - 1] = (byte) i;
        Files.write(part.resolve(i % CLASSES + "/" + i + ".ppm"), image);
      }
      Files.move(part, folder);
    }
    return folder;
  }
}
