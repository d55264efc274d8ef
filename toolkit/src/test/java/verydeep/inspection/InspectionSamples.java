package verydeep.inspection;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import verydeep.Goldens;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** The networks and photos of the goldens. */
final class InspectionSamples {

  static final List<String> CLASSES = List.of("p", "q", "r", "s", "t");
  static final Goldens GOLDEN = Goldens.of("inspection");

  private static final int PHOTOS = 3;

  private InspectionSamples() {}

  /** The narrow D with five classes. */
  static Checkpoint small() {
    return Checkpoint.of(
        Goldens.of("D").parameters("weight"),
        CLASSES,
        Preprocessing.paper(new Rgb(124, 117, 104)),
        Provenance.unknown());
  }

  /** The convolutions of D that the toolkit ships. */
  static Checkpoint shipped() {
    return Checkpoint.read("../datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
  }

  static RgbImage image(String name) {
    List<Integer> sizes = GOLDEN.sizes(name);
    return RgbImage.of(sizes.get(1), sizes.get(0), GOLDEN.octets(name));
  }

  static RgbImage photo(int index) {
    List<Integer> sizes = GOLDEN.sizes("photos");
    int size = 3 * sizes.get(1) * sizes.get(2);
    byte[] all = GOLDEN.octets("photos");
    byte[] own = Arrays.copyOfRange(all, index * size, (index + 1) * size);
    return RgbImage.of(sizes.get(2), sizes.get(1), own);
  }

  /** The photos in files, in their order. */
  static Images photos(Path folder) throws IOException {
    for (int i = 0; i < PHOTOS; i++) {
      Path file = folder.resolve("class" + i).resolve("photo.png");
      Files.createDirectories(file.getParent());
      BufferedImage image = photo(i).toBufferedImage();
      ImageIO.write(image, "png", file.toFile());
    }
    return Images.folder(folder);
  }
}
