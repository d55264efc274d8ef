package verydeep.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the EXIF and XMP data of an image say about its orientation, by the rules of Pillow's {@code
 * ImageOps.exif_transpose}: the first EXIF block counts, and XMP only if that has no orientation.
 */
final class Metadata {

  private static final String NAME = "Exif\0\0";
  private static final Pattern XMP = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");
  private static final int ORIENTATION_TAG = 0x0112;
  private static final int BIG_TIFF = 43;
  private static final int NONE = -1;
  private static final int MOST_ENTRIES = 1000;

  private int exif = NONE;
  private int xmp = NONE;
  private boolean hasExif;

  /** Takes note of an EXIF block, with or without its name in front. */
  void exif(ByteBuffer block) {
    if (!hasExif) {
      hasExif = true;
      ByteBuffer tiff = withoutName(withoutName(block.slice()));
      exif = orientation(tiff);
    }
  }

  /** Takes note of an XMP packet; of several, the last counts. */
  void xmp(ByteBuffer packet) {
    Matcher matcher = XMP.matcher(StandardCharsets.ISO_8859_1.decode(packet.slice()));
    xmp = matcher.find() ? matcher.group(1).charAt(0) - '0' : NONE;
  }

  Orientation orientation() {
    return Orientation.of(exif == NONE ? xmp : exif);
  }

  /** Returns whether a block of bytes begins with these characters. */
  static boolean startsWith(ByteBuffer block, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (i >= block.remaining() || block.get(block.position() + i) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer withoutName(ByteBuffer block) {
    return startsWith(block, NAME) ? block.position(NAME.length()).slice() : block;
  }

  /** Returns the orientation in the first directory of a TIFF structure, or {@link #NONE}. */
  private static int orientation(ByteBuffer tiff) {
    if (tiff.limit() < 16) {
      return NONE;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    boolean big = tiff.getShort(2) == BIG_TIFF;
    long directory = big ? tiff.getLong(8) : tiff.getInt(4) & 0xffff_ffffL;
    int head = big ? 8 : 2;
    int size = big ? 20 : 12;
    if (directory < 0 || directory + head > tiff.limit()) {
      return NONE;
    }
    long entries = big ? tiff.getLong((int) directory) : tiff.getShort((int) directory) & 0xffff;
    long at = directory + head;
    for (long i = 0; i < Math.min(entries, MOST_ENTRIES) && at + size <= tiff.limit(); i++) {
      if ((tiff.getShort((int) at) & 0xffff) == ORIENTATION_TAG) {
        return number(tiff, (int) at, (int) at + size - (big ? 8 : 4));
      }
      at += size;
    }
    return NONE;
  }

  /** Returns the number that a directory's entry holds, as SHORT or as LONG. */
  private static int number(ByteBuffer tiff, int entry, int value) {
    return switch (tiff.getShort(entry + 2)) {
      case 3, 8 -> tiff.getShort(value) & 0xffff;
      case 4, 9 -> tiff.getInt(value);
      default -> 0; // not a number: upright, as in Pillow
    };
  }
}
