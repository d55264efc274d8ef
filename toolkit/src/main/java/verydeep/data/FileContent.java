package verydeep.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** Reads whole files of any file system, and says what they are called. */
final class FileContent {

  private FileContent() {}

  /**
   * Reads a file.
   *
   * @param most the largest number of bytes, checked before memory is allocated where the file
   *     system knows it
   * @throws IOException if there is no such file, or it is larger; the message is a sentence where
   *     this class knows the reason
   */
  static byte[] read(Path file, long most) throws IOException {
    if (file instanceof NamedPath named && Files.isRegularFile(named)) {
      byte[] bytes = named.bytes(); // its size is not known before
      check(bytes.length, most);
      return bytes;
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          Files.exists(file) ? "It is not a regular file." : "There is no such file.");
    }
    check(Files.size(file), most);
    return Files.readAllBytes(file);
  }

  private static void check(long size, long most) throws IOException {
    if (size > most) {
      throw new IOException("It has %,d bytes; at most %,d are allowed.".formatted(size, most));
    }
  }

  /** Returns a sentence about what reading has ended with. */
  static String reason(IOException e) {
    if (Thread.currentThread().isInterrupted()) { // the file may be sound
      throw (CancellationException)
          new CancellationException("The thread was interrupted.").initCause(e);
    }
    String said = e instanceof FileSystemException of ? of.getReason() : e.getMessage();
    if (said != null && said.contains(" ") && said.endsWith(".")) {
      return said;
    }
    return e instanceof NoSuchFileException || e instanceof FileNotFoundException
        ? "There is no such file."
        : "It cannot be read: " + e + ".";
  }

  /** Returns what messages and an {@link ImageBytes} call a file: its path with slashes. */
  static String name(Path file) {
    return file.toString().replace(file.getFileSystem().getSeparator(), "/");
  }
}
