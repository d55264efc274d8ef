package verydeep.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What a PNG's chunk eXIf and its texts say about its orientation: XMP, and the EXIF that
 * ImageMagick writes as text.
 */
final class PngTexts {

  /** As in Pillow. */
  private static final int LONGEST = 1 << 20;

  private static final String XMP = "XML:com.adobe.xmp";
  private static final String PROFILE = "Raw profile type exif";

  private final Metadata metadata = new Metadata();
  private ByteBuffer profile;

  /** Takes note of a chunk; those that are damaged or of other kinds are ignored. */
  void take(String name, ByteBuffer data) {
    if (name.equals("eXIf")) {
      metadata.exif(data);
      return;
    }
    int end = 0;
    while (end < data.limit() && data.get(end) != 0) {
      end++;
    }
    String key = StandardCharsets.ISO_8859_1.decode(data.slice(0, end)).toString();
    if (end == data.limit() || !(key.equals(XMP) || key.equals(PROFILE))) {
      return;
    }
    ByteBuffer text = text(name, data.position(end + 1).slice());
    if (key.equals(XMP)) {
      metadata.xmp(text);
    } else {
      profile = text;
    }
  }

  private static ByteBuffer text(String name, ByteBuffer rest) {
    return switch (name) {
      case "tEXt" -> rest;
      case "zTXt" -> rest.remaining() < 1 ? rest : inflated(rest.position(1).slice());
      case "iTXt" -> international(rest);
      default -> ByteBuffer.allocate(0);
    };
  }

  /** Returns the text after its compression, its language and the translation of its key. */
  private static ByteBuffer international(ByteBuffer rest) {
    if (rest.remaining() < 4) {
      return ByteBuffer.allocate(0);
    }
    boolean compressed = rest.get(0) != 0;
    int at = 2;
    for (int zeros = 0; at < rest.limit() && zeros < 2; at++) {
      zeros += rest.get(at) == 0 ? 1 : 0;
    }
    ByteBuffer text = rest.position(at).slice();
    return compressed ? inflated(text) : text;
  }

  private static ByteBuffer inflated(ByteBuffer data) {
    Inflater inflater = new Inflater();
    byte[] out = new byte[1 << 12];
    int length = 0;
    try {
      inflater.setInput(data);
      int more = 1;
      while (more > 0 && length < LONGEST) {
        out = length == out.length ? Arrays.copyOf(out, 2 * length) : out;
        more = inflater.inflate(out, length, out.length - length);
        length += more;
      }
    } catch (DataFormatException e) {
      length = 0;
    } finally {
      inflater.end();
    }
    return ByteBuffer.wrap(out, 0, length);
  }

  /** Returns the orientation; EXIF written as text counts only if there is no other. */
  Orientation orientation() {
    if (profile != null) {
      metadata.exif(ByteBuffer.wrap(bytes(profile)));
      profile = null;
    }
    return metadata.orientation();
  }

  /** Returns the bytes in a text of three lines (empty, name, length) and hexadecimal digits. */
  private static byte[] bytes(ByteBuffer text) {
    String[] lines = StandardCharsets.ISO_8859_1.decode(text).toString().split("\n", 4);
    String digits = lines.length < 4 ? "" : lines[3].replaceAll("\\s", "");
    return digits.matches("(?:[0-9a-fA-F]{2})*+") ? HexFormat.of().parseHex(digits) : new byte[0];
  }
}
