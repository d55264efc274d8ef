package verydeep.data;

import java.nio.ByteBuffer;
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
  private static final int NONE = -1;

  private int exif = NONE;
  private int xmp = NONE;
  private boolean hasExif;

  /** Takes note of an EXIF block, with or without its name in front. */
  void exif(ByteBuffer block) {
    if (!hasExif) {
      hasExif = true;
      ByteBuffer tiff = withoutName(withoutName(block.slice()));
      exif = (int) new TiffDirectory(tiff).get(TiffDirectory.ORIENTATION, NONE);
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
}
