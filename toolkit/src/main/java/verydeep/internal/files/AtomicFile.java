package verydeep.internal.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file completely or not at all: to a temporary file next to it, which is forced to disk
 * and then renamed. Readers see either the old file or the new one, even after a crash or on a full
 * disk.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /** A writer of a file's content. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of the content.
     *
     * @param out the stream to write to
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @param file its path; missing folders are created
   * @param content what to write
   * @throws IOException if it cannot be written; an existing file is then left untouched
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = Files.createDirectories(target.getParent());
    String chance = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path part = folder.resolve(target.getFileName() + "." + chance + ".part");
    try {
      // A stream, not a channel: an interrupt closes a channel, and the file is wanted anyway.
      try (FileOutputStream out = new FileOutputStream(part.toFile())) {
        content.writeTo(out);
        out.getFD().sync();
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    forceFolder(folder);
  }

  /** Makes the rename itself durable; Windows neither can nor needs to. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // the file is complete anyway
    }
  }
}
