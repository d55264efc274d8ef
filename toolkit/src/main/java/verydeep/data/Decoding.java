package verydeep.data;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.Dimension;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * Decodes files into images. A file is considered hostile until its last pixel has been decoded.
 */
final class Decoding {
  /** An image file of more than a gibibyte must be a mistake and is not read into memory. */
  private static final long MOST_BYTES = 1L << 30;

  /** Nearly all images state their size within this many bytes. */
  private static final int HEAD = 1 << 16;

  /** A larger image would not fit into one array. */
  private static final long ARRAY_PIXELS = Integer.MAX_VALUE / 3;

  private static final ImageReaderSpi JPEG = jpeg();

  private Decoding() {}

  static RgbImage read(Path file, long mostPixels) {
    try {
      return decode(bytes(file), Math.min(mostPixels, ARRAY_PIXELS));
    } catch (IOException | RuntimeException e) {
      throw unreadable(file, e);
    } catch (OutOfMemoryError e) {
      throw new UnreadableImageException(file, "There is not enough memory to decode it.", e);
    }
  }

  static RgbImage read(byte[] file, long mostPixels) {
    String name = "of " + file.length + " bytes";
    try {
      return decode(file, Math.min(mostPixels, ARRAY_PIXELS));
    } catch (IOException | RuntimeException e) {
      throw new UnreadableImageException(name, reason(e), e);
    } catch (OutOfMemoryError e) {
      throw new UnreadableImageException(name, "There is not enough memory to decode it.", e);
    }
  }

  static RgbImage read(InputStream in, long mostPixels) {
    byte[] file;
    try {
      file = in.readNBytes((int) MOST_BYTES);
      if (in.read() >= 0) {
        throw new IOException(
            "It has more than %,d bytes, which is the most allowed.".formatted(MOST_BYTES));
      }
    } catch (IOException e) {
      throw new UnreadableImageException("from a stream", reason(e), e);
    } catch (OutOfMemoryError e) {
      throw new UnreadableImageException(
          "from a stream", "There is not enough memory to hold it.", e);
    }
    return read(file, mostPixels);
  }

  /**
   * Returns the width and height {@link #read} would find, from the head of the file if possible.
   */
  static Dimension size(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return size(in.readNBytes(HEAD));
    } catch (IOException | RuntimeException e) {
      return sizeOfWhole(file);
    }
  }

  /**
   * The size and orientation a file stores.
   *
   * @param width the width of the stored pixels
   * @param height the height of the stored pixels
   * @param orientation how they are rotated for display
   */
  record Stored(int width, int height, Orientation orientation) {}

  /**
   * Returns what a file stores, according to its head; an empty, upright image if it cannot be
   * read.
   */
  static Stored stored(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] segments = Jpeg.exif(in);
      Jpeg jpeg = Jpeg.matches(segments) ? new Jpeg(segments) : null;
      if (jpeg == null || jpeg.orientation() == Orientation.UPRIGHT) {
        return new Stored(0, 0, Orientation.UPRIGHT);
      }
      Dimension seen = size(file);
      return jpeg.orientation().swapped()
          ? new Stored(seen.height, seen.width, jpeg.orientation())
          : new Stored(seen.width, seen.height, jpeg.orientation());
    } catch (IOException | RuntimeException e) {
      return new Stored(0, 0, Orientation.UPRIGHT);
    }
  }

  private static Dimension sizeOfWhole(Path file) {
    try {
      return size(bytes(file));
    } catch (IOException | RuntimeException e) {
      throw unreadable(file, e);
    }
  }

  private static Dimension size(byte[] bytes) throws IOException {
    Jpeg jpeg = Jpeg.matches(bytes) ? new Jpeg(bytes) : null;
    ImageReader reader =
        jpeg == null
            ? ImageIO.getImageReadersByFormatName(format(bytes)).next()
            : JPEG.createReaderInstance(null);
    try (MemoryStream stream =
        jpeg == null
            ? new MemoryStream(bytes, bytes.length)
            : new MemoryStream(jpeg.data, jpeg.size)) {
      reader.setInput(stream, true, true);
      Dimension stored = new Dimension(reader.getWidth(0), reader.getHeight(0));
      boolean swapped = jpeg != null && jpeg.orientation().swapped();
      return swapped ? new Dimension(stored.height, stored.width) : stored;
    } finally {
      reader.dispose();
    }
  }

  private static UnreadableImageException unreadable(Path file, Exception e) {
    return new UnreadableImageException(file, reason(e), e);
  }

  /**
   * Readers throw any kind of exception on damaged files: a negative array size, a null pointer.
   */
  private static String reason(Exception e) {
    return e.getMessage() == null ? "It is damaged (" + e + ")." : e.getMessage();
  }

  private static byte[] bytes(Path file) throws IOException {
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

  private static RgbImage decode(byte[] file, long mostPixels) throws IOException {
    if (Jpeg.matches(file)) {
      Jpeg jpeg = new Jpeg(file);
      return decode(JPEG.createReaderInstance(null), jpeg.data, jpeg.size, mostPixels, jpeg);
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName(format(file)).next();
    return decode(reader, file, file.length, mostPixels, null);
  }

  private static String format(byte[] file) throws IOException {
    if (file.length == 0) {
      throw new IOException("The file is empty.");
    }
    String start = HexFormat.of().formatHex(file, 0, Math.min(8, file.length));
    if (start.equals("89504e470d0a1a0a")) {
      return "png";
    }
    if (start.startsWith("474946383761") || start.startsWith("474946383961")) {
      return "gif";
    }
    if (start.startsWith("424d")) {
      return "bmp";
    }
    throw new IOException("It is not a JPEG, PNG, GIF or BMP image; it begins with " + start + ".");
  }

  private static RgbImage decode(
      ImageReader reader, byte[] data, int size, long mostPixels, Jpeg jpeg) throws IOException {
    try (MemoryStream stream = new MemoryStream(data, size)) {
      reader.setInput(stream, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width < 1 || height < 1 || (long) width * height > mostPixels) {
        throw new IOException(
            "It has %d x %d pixels; a total of 1 to %d is allowed."
                .formatted(width, height, mostPixels));
      }
      if (jpeg != null && !jpeg.whole()) {
        throw truncated(data.length);
      }
      Orientation turn = jpeg == null ? Orientation.UPRIGHT : jpeg.orientation();
      byte[] rgb = pixels(reader, jpeg);
      if (jpeg == null && stream.exhausted()) {
        throw truncated(data.length);
      }
      byte[] turned = turn.apply(width, height, rgb);
      return turn.swapped()
          ? new RgbImage(height, width, turned)
          : new RgbImage(width, height, turned);
    } finally {
      reader.dispose();
    }
  }

  private static IOException truncated(int bytes) {
    return new IOException("It is truncated after " + bytes + " bytes.");
  }

  private static byte[] pixels(ImageReader reader, Jpeg jpeg) throws IOException {
    if (jpeg != null && jpeg.inks() == 4) {
      Raster raster = reader.readRaster(0, null);
      return Cmyk.rgb(raster, jpeg.ycck());
    }
    if (jpeg != null && jpeg.inks() == 3) {
      int width = reader.getWidth(0);
      byte[] rgb = new byte[3 * width * reader.getHeight(0)];
      ImageReadParam into = reader.getDefaultReadParam();
      into.setDestination(Rasters.view(width, reader.getHeight(0), rgb));
      reader.read(0, into);
      return rgb;
    }
    return Rasters.rgb(reader.read(0));
  }

  /**
   * Sets up the TwelveMonkeys reader by hand: plugins found by scanning depend on the class loader
   * of the first thread that asks, which sees none in JShell and in notebook kernels. The reader
   * builds on the JDK's own, which it looks up in a registry; this registry is private to this
   * class.
   */
  private static ImageReaderSpi jpeg() {
    ServiceRegistry registry =
        new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
    Iterator<ImageReaderSpi> standard =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (standard.hasNext()) {
      ImageReaderSpi spi = standard.next();
      if (spi.getClass().getName().equals("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi")) {
        registry.registerServiceProvider(spi, ImageReaderSpi.class);
      }
    }
    ImageReaderSpi spi = new JPEGImageReaderSpi();
    registry.registerServiceProvider(spi, ImageReaderSpi.class);
    return spi;
  }
}
