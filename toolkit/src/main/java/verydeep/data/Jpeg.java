package verydeep.data;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * A JPEG file. Its decoder sees a copy that states the colors by an Adobe segment, chosen as
 * libjpeg chooses, and that omits comments, EXIF and color profiles, so that they are neither
 * parsed nor applied.
 */
final class Jpeg implements EncodedImage {
  private static final int ADOBE = 0xEE;
  private static final int EXIF = 0xE1;
  private static final int JFIF = 0xE0;
  private static final int COMMENT = 0xFE;
  private static final int END = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int FILL = 0xFF;
  private static final Set<Integer> TABLES = Set.of(0xC4, 0xC8, 0xCC);
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final int RGB = 0;
  private static final int YCC = 1;
  private static final int YCCK = 2;
  private static final ImageReaderSpi READER = reader();

  private final byte[] file;
  private final byte[] segments;
  private final int scan;
  private final Metadata metadata = new Metadata();
  private boolean jfif;
  private int adobeTransform = -1;
  private byte[] frame = new byte[6];

  Jpeg(byte[] file) {
    this.file = file;
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    int from = 2;
    while (from + 4 <= file.length && file[from] == -1 && marker(file, from) != START_OF_SCAN) {
      int marker = marker(file, from);
      if (marker == FILL) {
        from++;
        continue;
      }
      int length = 2 + length(file, from + 2, marker);
      if (length < 4 || from + length > file.length) {
        break;
      }
      if (keeps(marker, ByteBuffer.wrap(file, from + 4, length - 4))) {
        kept.write(file, from, length);
      }
      from += length;
    }
    segments = kept.toByteArray();
    scan = from;
  }

  /**
   * Reads only a file's segments: their length, and what those say that tell size or orientation. A
   * data set has hundreds of thousands of files.
   *
   * @return a JPEG without pixels
   */
  static byte[] header(InputStream file) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(file.readNBytes(2));
    byte[] head = file.readNBytes(4);
    while (head.length == 4 && head[0] == -1 && marker(head, 0) != START_OF_SCAN) {
      int marker = marker(head, 0);
      if (marker == FILL) { // before a marker
        int next = file.read();
        if (next < 0) {
          break;
        }
        head = new byte[] {head[1], head[2], head[3], (byte) next};
        continue;
      }
      int length = length(head, 2, marker);
      if (length < 2) {
        break;
      }
      if (marker == EXIF || isFrame(marker)) {
        kept.write(head);
        kept.write(file.readNBytes(length - 2));
      } else {
        file.skipNBytes(length - 2);
      }
      head = file.readNBytes(4);
    }
    kept.write(head);
    return kept.toByteArray();
  }

  private static int marker(byte[] file, int at) {
    return file[at + 1] & 0xff;
  }

  /**
   * Returns a segment's length with its two bytes. libjpeg and Pillow take a comment or application
   * segment that claims less to be empty.
   */
  private static int length(byte[] file, int at, int marker) {
    int length = (file[at] & 0xff) << 8 | (file[at + 1] & 0xff);
    boolean skipped = marker == COMMENT || (marker >= JFIF && marker <= 0xEF);
    return skipped ? Math.max(2, length) : length;
  }

  private static boolean isFrame(int marker) {
    return marker >> 4 == 0xC && !TABLES.contains(marker);
  }

  private boolean keeps(int marker, ByteBuffer body) {
    if (marker == ADOBE && Metadata.startsWith(body, "Adobe") && body.remaining() >= 12) {
      adobeTransform = body.get(body.position() + 11);
    } else if (marker == JFIF && Metadata.startsWith(body, "JFIF\0") && body.remaining() >= 12) {
      jfif = true;
    } else if (marker == EXIF && Metadata.startsWith(body, "Exif\0\0")) {
      metadata.exif(body);
    } else if (marker == EXIF && Metadata.startsWith(body, XMP)) {
      metadata.xmp(body.position(body.position() + XMP.length()));
    } else if (isFrame(marker) && body.remaining() >= 6) {
      frame = new byte[body.remaining()];
      body.duplicate().get(frame);
    }
    return !(marker >= JFIF && marker <= 0xEF) && marker != COMMENT;
  }

  @Override
  public int width() {
    return (frame[3] & 0xff) << 8 | (frame[4] & 0xff);
  }

  @Override
  public int height() {
    return (frame[1] & 0xff) << 8 | (frame[2] & 0xff);
  }

  @Override
  public Orientation orientation() {
    return metadata.orientation();
  }

  /** Returns the number of color components: 1 for gray, 3 for YCbCr or RGB, 4 for CMYK or YCCK. */
  private int inks() {
    return frame[5];
  }

  /** Returns what three or four components mean, by libjpeg's rules. */
  private int transform() {
    if (inks() == 4) {
      return adobeTransform == YCCK ? YCCK : RGB;
    }
    if (jfif) {
      return YCC;
    }
    if (adobeTransform >= 0) {
      return adobeTransform == RGB ? RGB : YCC;
    }
    boolean named = frame.length >= 15 && frame[6] == 'R' && frame[9] == 'G' && frame[12] == 'B';
    return named ? RGB : YCC;
  }

  /**
   * Returns whether an end marker follows the pixels. Its two bytes cannot occur within them, and
   * without it decoders fill what is missing with gray.
   */
  private boolean isWhole() {
    for (int i = file.length - 2; i >= scan; i--) {
      if (file[i] == -1 && marker(file, i) == END) {
        return true;
      }
    }
    return false;
  }

  /** Returns the file as its decoder is to see it. */
  private byte[] plain() {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(segments.length + file.length - scan);
    plain.write(file, 0, 2);
    if (inks() >= 3) {
      byte[] adobe = {-1, (byte) ADOBE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
      adobe[15] = (byte) transform();
      plain.writeBytes(adobe);
    }
    plain.writeBytes(segments);
    plain.write(file, scan, file.length - scan);
    return plain.toByteArray();
  }

  @Override
  public byte[] pixels() throws IOException {
    if (!isWhole()) {
      throw EncodedImage.truncated(file.length);
    }
    ImageReader reader = READER.createReaderInstance(null);
    byte[] plain = plain();
    try (MemoryStream stream = new MemoryStream(plain, plain.length)) {
      reader.setInput(stream, true, true);
      if (inks() == 4) {
        return Cmyk.rgb(reader.readRaster(0, null), transform() == YCCK);
      }
      if (inks() != 3) {
        return Rasters.rgb(reader.read(0));
      }
      byte[] rgb = new byte[3 * width() * height()];
      ImageReadParam into = reader.getDefaultReadParam();
      into.setDestination(Rasters.view(width(), height(), rgb));
      reader.read(0, into);
      return rgb;
    } finally {
      reader.dispose();
    }
  }

  /**
   * Sets up the TwelveMonkeys reader by hand: plugins found by scanning depend on the class loader
   * of the first thread that asks, which sees none in JShell and in notebook kernels. The reader
   * builds on the JDK's own, which it looks up in a registry; this registry is private to this
   * class.
   */
  private static ImageReaderSpi reader() {
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
