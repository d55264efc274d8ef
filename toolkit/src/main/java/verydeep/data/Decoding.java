package verydeep.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decodes files into images. A file is considered hostile until its last pixel has been decoded.
 */
final class Decoding {
  /** A larger image would not fit into one array. */
  private static final long ARRAY_PIXELS = Integer.MAX_VALUE / 3;

  private Decoding() {}

  static RgbImage read(Path file, long mostPixels) {
    byte[] bytes = ImageContent.of(file);
    try {
      return decode(bytes, mostPixels);
    } catch (IOException e) {
      throw new UnreadableImageException(file, e.getMessage(), e);
    }
  }

  static RgbImage read(byte[] file, String name) {
    try {
      return decode(file, RgbImage.MOST_PIXELS);
    } catch (IOException e) {
      throw new UnreadableImageException(name, e.getMessage(), e);
    }
  }

  static RgbImage read(InputStream in) {
    byte[] file;
    try {
      file = in.readNBytes((int) ImageContent.MOST_BYTES);
      if (in.read() >= 0) {
        throw new IOException(
            "It has more than %,d bytes, which is the most allowed."
                .formatted(ImageContent.MOST_BYTES));
      }
    } catch (IOException e) {
      throw new UnreadableImageException("from a stream", reason(e, 0), e);
    } catch (OutOfMemoryError e) {
      throw new UnreadableImageException(
          "from a stream", "There is not enough memory to hold it.", e);
    }
    return read(file, "of " + file.length + " bytes");
  }

  /**
   * Decodes an image of any format.
   *
   * @param file the bytes of a file
   * @param mostPixels the largest width times height, checked before memory is allocated
   * @throws IOException if it is not such an image, or is damaged; the message is a sentence
   */
  static RgbImage decode(byte[] file, long mostPixels) throws IOException {
    try {
      return decoded(file, mostPixels);
    } catch (IOException | RuntimeException e) {
      throw new IOException(reason(e, file.length), e);
    } catch (OutOfMemoryError e) {
      throw new IOException("There is not enough memory to decode it.", e);
    } catch (StackOverflowError e) {
      throw new IOException("It is damaged: its structure is nested too deep.", e);
    }
  }

  private static RgbImage decoded(byte[] file, long mostPixels) throws IOException {
    EncodedImage image = ImageFormat.of(file).open(file);
    int width = image.width();
    int height = image.height();
    long most = Math.min(mostPixels, ARRAY_PIXELS);
    if (width < 1 || height < 1 || (long) width * height > most) {
      throw new IOException(
          "It has %d x %d pixels; a total of 1 to %d is allowed.".formatted(width, height, most));
    }
    Orientation turn = image.orientation();
    byte[] turned = turn.apply(width, height, image.pixels());
    return turn.swapped()
        ? new RgbImage(height, width, turned)
        : new RgbImage(width, height, turned);
  }

  /**
   * The size and orientation a file stores.
   *
   * @param width the width of the stored pixels
   * @param height the height of the stored pixels
   * @param orientation how they are rotated for display
   */
  record Stored(int width, int height, Orientation orientation) {

    /** Returns the width {@link #read} finds. */
    int seenWidth() {
      return orientation.swapped() ? height : width;
    }

    /** Returns the height {@link #read} finds. */
    int seenHeight() {
      return orientation.swapped() ? width : height;
    }
  }

  /** Returns what a file stores, from its header if possible. */
  static Stored stored(Path file) {
    try {
      return storedInHeader(file).orElseGet(() -> storedInWhole(file));
    } catch (OutOfMemoryError e) {
      throw new UnreadableImageException(file, "There is not enough memory to read it.", e);
    }
  }

  /** Returns what the header says; empty if only the whole file tells, or why it cannot be read. */
  private static Optional<Stored> storedInHeader(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] magic = in.readNBytes(ImageFormat.MAGIC);
      InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), in);
      ImageFormat format = ImageFormat.of(magic);
      return format.beginsWithHeader()
          ? Optional.of(stored(format.open(format.header(whole))))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Stored storedInWhole(Path file) {
    byte[] bytes = ImageContent.of(file);
    try {
      return stored(ImageFormat.of(bytes).open(bytes));
    } catch (IOException | RuntimeException e) {
      throw new UnreadableImageException(file, reason(e, bytes.length), e);
    }
  }

  private static Stored stored(EncodedImage image) throws IOException {
    if (image.width() < 1 || image.height() < 1) {
      throw new IOException("It has %d x %d pixels.".formatted(image.width(), image.height()));
    }
    return new Stored(image.width(), image.height(), image.orientation());
  }

  /**
   * Returns a sentence about a failure. Decoders throw any kind of exception on damaged files, with
   * messages that are empty, a number, or general where that of the cause is not.
   */
  private static String reason(Exception e, int length) {
    if (isSentence(e.getMessage())) {
      return e.getMessage();
    }
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof EOFException)) {
      cause = cause.getCause();
    }
    if (cause instanceof EOFException) {
      return EncodedImage.truncated(length).getMessage();
    }
    String message = cause.getMessage() == null ? "" : cause.getMessage().strip();
    return message.contains(" ") && cause instanceof IOException
        ? "It is damaged: " + message + (isSentence(message) ? "" : ".")
        : "It is damaged: its decoder ends with " + cause.getClass().getSimpleName() + ".";
  }

  private static boolean isSentence(String message) {
    return message != null && message.contains(" ") && message.endsWith(".");
  }
}
