package verydeep.transfer;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import verydeep.data.Images;
import verydeep.weights.CheckpointException;

/**
 * Features on disk, by all that determines them: the weights, the layer, how pictures are looked
 * at, and what is in the pictures' files. A file holds the features of some hundred pictures, so
 * that an extraction that was stopped has what it had done.
 */
final class FeatureCache {

  private final Path folder;
  private final String settings;

  /**
   * A cache.
   *
   * @param folder made when it is needed
   * @param settings all but the pictures
   */
  FeatureCache(Path folder, String settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /** Where the features of these pictures are, or will be. */
  Path file(Images images) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(settings.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < images.size(); i++) {
        digest.update(content(images.file(i)));
      }
      String name = HexFormat.of().formatHex(digest.digest(), 0, 12);
      return folder.resolve("features-" + name + ".safetensors");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java has it
    }
  }

  private static byte[] content(Path file) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = new DigestInputStream(new FileInputStream(file.toFile()), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new TransferException("The picture " + file + " cannot be read: " + e);
    }
    return digest.digest();
  }

  /** What the file holds; null if it is not there, or damaged, and so to be made anew. */
  static Features read(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return FeatureFile.read(file);
    } catch (CheckpointException e) {
      return null;
    }
  }
}
