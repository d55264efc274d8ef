package verydeep.data;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the content of image files. A failure is an {@link UnreadableImageException}. */
final class ImageContent {

  /** An image file of more than a gibibyte must be a mistake and is not read into memory. */
  static final long MOST_BYTES = 1L << 30;

  private ImageContent() {}

  /** Reads a file of any file system. */
  static byte[] of(Path file) {
    try {
      return FileContent.read(file, MOST_BYTES);
    } catch (IOException e) {
      throw new UnreadableImageException(file, FileContent.reason(e), e);
    } catch (OutOfMemoryError e) {
      throw new UnreadableImageException(file, "There is not enough memory to hold it.", e);
    }
  }
}
