package verydeep.weights;

import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import verydeep.Goldens;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.internal.djl.DjlForwardPass;

/** Narrow nets as the real tools wrote them, and what PyTorch computes with them. */
final class FormatGoldens {

  private static final int SIDE = 64;
  private static final int CLASSES = 5;

  private FormatGoldens() {}

  static Path file(String name) {
    try {
      return Path.of(FormatGoldens.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** PyTorch's scores of the two images. */
  static float[] logits(String input, String network) {
    return scores().floats(input + "/" + network);
  }

  /** A checkpoint's scores of the two images, by its own preprocessing. */
  static float[] logits(Checkpoint checkpoint) {
    return logits(checkpoint, checkpoint.preprocessing());
  }

  static float[] logits(Checkpoint checkpoint, Preprocessing preprocessing) {
    FloatBuffer pixels = FloatBuffer.allocate(2 * 3 * SIDE * SIDE);
    images().forEach(image -> preprocessing.write(image, pixels));
    try (DjlForwardPass pass = DjlForwardPass.of(checkpoint.parameters())) {
      float[] values = pass.run(pixels.flip(), 2, SIDE, SIDE).values();
      if (values.length != 2 * CLASSES) {
        throw new AssertionError(values.length);
      }
      return values;
    }
  }

  static List<RgbImage> images() {
    byte[] both = scores().octets("pictures");
    byte[] first = Arrays.copyOf(both, both.length / 2);
    byte[] second = Arrays.copyOfRange(both, both.length / 2, both.length);
    return List.of(RgbImage.of(SIDE, SIDE, first), RgbImage.of(SIDE, SIDE, second));
  }

  private static Goldens scores() {
    return Goldens.read(file("logits.safetensors"));
  }
}
