package verydeep.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * What a JPEG file's segments state before its pixels begin: EXIF's orientation and Adobe's color
 * transform. The copy in {@link #data} omits comments, EXIF and color profiles, so that a decoder
 * neither parses nor applies them.
 */
final class Jpeg {
  private static final int ADOBE = 0xEE;
  private static final int EXIF = 0xE1;
  private static final int JFIF = 0xE0;
  private static final int COMMENT = 0xFE;
  private static final int END = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final Set<Integer> TABLES = Set.of(0xC4, 0xC8, 0xCC);
  private static final int ORIENTATION_TAG = 0x0112;

  final byte[] data;
  final int size;
  private final int pixels;
  private Orientation orientation = Orientation.UPRIGHT;
  private int adobeTransform;
  private int inks;

  Jpeg(byte[] file) {
    data = new byte[file.length];
    int from = 2;
    int to = 0;
    data[to++] = file[0];
    data[to++] = file[1];
    while (from + 4 <= file.length && file[from] == -1 && marker(file, from) != START_OF_SCAN) {
      if (file[from + 1] == -1) {
        from++;
        continue;
      }
      int length = 2 + ((file[from + 2] & 0xff) << 8 | (file[from + 3] & 0xff));
      if (length < 4 || from + length > file.length) {
        break;
      }
      if (keeps(marker(file, from), ByteBuffer.wrap(file, from + 4, length - 4))) {
        System.arraycopy(file, from, data, to, length);
        to += length;
      }
      from += length;
    }
    System.arraycopy(file, from, data, to, file.length - from);
    pixels = to;
    size = to + file.length - from;
  }

  static boolean matches(byte[] file) {
    return file.length > 3 && file[0] == -1 && marker(file, 0) == 0xD8 && file[2] == -1;
  }

  /**
   * Reads only a file's start and its EXIF segments: what lies between them is skipped, since a
   * data set has hundreds of thousands of files.
   *
   * @return a JPEG without pixels; less if the file is not a JPEG
   */
  static byte[] exif(InputStream file) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(file.readNBytes(2));
    byte[] head = file.readNBytes(4);
    while (head.length == 4 && head[0] == -1 && marker(head, 0) != START_OF_SCAN) {
      if (marker(head, 0) == 0xFF) { // a fill byte before a marker
        int next = file.read();
        if (next < 0) {
          break;
        }
        head = new byte[] {head[1], head[2], head[3], (byte) next};
        continue;
      }
      int length = (head[2] & 0xff) << 8 | (head[3] & 0xff);
      if (length < 2) {
        break;
      }
      if (marker(head, 0) == EXIF) {
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

  Orientation orientation() {
    return orientation;
  }

  /** Returns the number of color components: 1 for gray, 3 for YCbCr or RGB, 4 for CMYK or YCCK. */
  int inks() {
    return inks;
  }

  /**
   * Returns whether an end marker follows the pixels. Its two bytes cannot occur within them, and
   * without it decoders fill what is missing with gray.
   */
  boolean whole() {
    for (int i = size - 2; i >= pixels; i--) {
      if (data[i] == -1 && marker(data, i) == END) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether four bands are YCbCr and black rather than CMYK. */
  boolean ycck() {
    return adobeTransform == 2;
  }

  private static int marker(byte[] file, int at) {
    return file[at + 1] & 0xff;
  }

  private boolean keeps(int marker, ByteBuffer body) {
    if (marker == ADOBE && startsWith(body, "Adobe") && body.remaining() >= 12) {
      adobeTransform = body.get(body.position() + 11);
    } else if (marker == EXIF && startsWith(body, "Exif\0\0")) {
      orientation = Orientation.of(orientation(body.position(body.position() + 6).slice()));
    } else if (marker >> 4 == 0xC && !TABLES.contains(marker) && body.remaining() >= 6) {
      inks = body.get(body.position() + 5);
    }
    boolean application = marker >= JFIF && marker <= 0xEF;
    return marker == JFIF || marker == ADOBE || !(application || marker == COMMENT);
  }

  private static boolean startsWith(ByteBuffer body, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (i >= body.remaining() || body.get(body.position() + i) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the orientation in the first directory of a TIFF structure; 1 if there is none. */
  private static int orientation(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return 1;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = tiff.getInt(4) & 0xffff_ffffL;
    if (directory + 2 > tiff.limit()) {
      return 1;
    }
    int entries = tiff.getShort((int) directory) & 0xffff;
    for (long at = directory + 2; entries > 0 && at + 12 <= tiff.limit(); entries--, at += 12) {
      if ((tiff.getShort((int) at) & 0xffff) == ORIENTATION_TAG) {
        return tiff.getShort((int) at + 8) & 0xffff;
      }
    }
    return 1;
  }
}
