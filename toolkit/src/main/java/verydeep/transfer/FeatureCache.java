package verydeep.transfer;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import verydeep.FileException;
import verydeep.cpu.Arithmetic;
import verydeep.data.BoundingBox;
import verydeep.data.Images;
import verydeep.weights.Checkpoint;

/**
 * Activations on disk, by all that determines them: the weights, the layer, the scale, the views,
 * and the content of the images' files. A file holds those of one layer at one scale for a part of
 * the images, so that another layer or scale leaves the rest as it is, and an extraction that was
 * stopped keeps what it had done.
 */
final class FeatureCache {

  private final Path folder;

  /** All but layer, scale and images. */
  private final String settings;

  private final ContentHashes hashes;

  private FeatureCache(Path folder, String settings) {
    this.folder = folder;
    this.settings = settings;
    this.hashes = new ContentHashes(folder.resolve("hashes.txt"));
  }

  /**
   * Opens a cache of a network's activations.
   *
   * @param folder created when it is needed
   * @param arithmetic the only one whose activations are wanted; null for any
   */
  static FeatureCache of(
      Path folder, Checkpoint checkpoint, boolean flipped, Arithmetic arithmetic) {
    return new FeatureCache(
        folder,
        String.join(
            "\n",
            checkpoint.network().label(),
            Integer.toHexString(checkpoint.parameters().checksum()),
            checkpoint.preprocessing().toString(),
            flipped ? "mirrored" : "not mirrored",
            arithmetic == null ? "any arithmetic" : arithmetic.toString()));
  }

  /** What is cached for some images; files that are new here are read to recognize them. */
  Part part(Images images) {
    MessageDigest digest = ContentHashes.sha256();
    for (int i = 0; i < images.size(); i++) {
      digest.update(hash(images, i));
      images.box(i).ifPresent(box -> digest.update(exact(box)));
    }
    hashes.keep();
    return new Part(images.size(), HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * Only of this machine's files does path, size and time say whether they have changed: others are
   * read each time.
   */
  private byte[] hash(Images images, int i) {
    Path file = images.file(i);
    return file.getFileSystem().equals(FileSystems.getDefault())
        ? hashes.of(file)
        : ContentHashes.sha256().digest(images.bytes(i));
  }

  /** Some images, recognized by the content of their files. */
  final class Part {

    private final int size;
    private final String content;

    private Part(int size, String content) {
      this.size = size;
      this.content = content;
    }

    /** What is there; null if nothing is, or if it is damaged and has to be computed again. */
    ImageActivations read(Tap tap) {
      Path file = file(tap);
      if (!Files.exists(file)) {
        return null;
      }
      try {
        return ImageActivations.read(file, size);
      } catch (FileException e) {
        return null;
      }
    }

    void write(Tap tap, ImageActivations activations) {
      activations.write(file(tap));
    }

    private Path file(Tap tap) {
      MessageDigest digest = ContentHashes.sha256();
      String all = String.join("\n", settings, tap.toString(), content);
      digest.update(all.getBytes(StandardCharsets.UTF_8));
      String name = HexFormat.of().formatHex(digest.digest(), 0, 12);
      return folder.resolve(tap.layer() + "-" + tap.scale() + "-" + name + ".safetensors");
    }
  }

  private static byte[] exact(BoundingBox box) {
    double[] edges = {box.left(), box.top(), box.right(), box.bottom()};
    return Arrays.toString(edges).getBytes(StandardCharsets.UTF_8);
  }

  /** The folder. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
