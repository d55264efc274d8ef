package verydeep.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import verydeep.VerydeepException;

/** Reads the content of image files. A failure is an {@link UnreadableImageException}. */
final class ImageContent {

  /** An image file of more than a gibibyte must be a mistake and is not read into memory. */
  static final long MOST_BYTES = 1L << 30;

  private static final String NO_MEMORY = "There is not enough memory to hold it.";

  private ImageContent() {}

  /** Reads a file of any file system. */
  static byte[] of(Path file) {
    try {
      return read(file);
    } catch (IOException e) {
      throw new UnreadableImageException(file, reason(e), e);
    } catch (OutOfMemoryError e) {
      throw new UnreadableImageException(file, NO_MEMORY, e);
    }
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          Files.exists(file) ? "It is not a regular file." : "There is no such file.");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(
          "It has %,d bytes; at most %,d are allowed.".formatted(Files.size(file), MOST_BYTES));
    }
    return Files.readAllBytes(file);
  }

  /** Asks a source for the image of a name. */
  static byte[] of(String name, ImageBytes source) {
    byte[] bytes;
    try {
      bytes = source.read(name);
    } catch (IOException e) {
      throw new UnreadableImageException(name, reason(e), e);
    } catch (OutOfMemoryError e) {
      throw new UnreadableImageException(name, NO_MEMORY, e);
    } catch (VerydeepException | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new VerydeepException("The source of image " + name + " has failed: " + e, e);
    }
    if (bytes == null) {
      throw new UnreadableImageException(name, "Its source has no such image.", null);
    }
    return bytes;
  }

  /** Returns a sentence about what reading has ended with. */
  private static String reason(IOException e) {
    if (Thread.currentThread().isInterrupted()) { // the image may be sound
      throw (CancellationException) new CancellationException("interrupted").initCause(e);
    }
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "There is no such file.";
    }
    String message = e.getMessage();
    return message != null && message.contains(" ") && message.endsWith(".")
        ? message
        : "It cannot be read: " + e + ".";
  }
}
