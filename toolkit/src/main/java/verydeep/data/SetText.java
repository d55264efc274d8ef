package verydeep.data;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Text about a set of images: its headline and its fingerprint. */
final class SetText {

  private static final int WIDTH = 80;

  private SetText() {}

  /** Returns a line of up to 80 characters, shortening the source at its beginning. */
  static String headline(String head, String source) {
    int cut = source.length() - (WIDTH - head.length());
    return head + (cut <= 0 ? source : "…" + source.substring(cut + 1));
  }

  /** Returns the number of images and classes, and a CRC-32 over one line per image. */
  static String fingerprint(int size, int classes, Stream<String> lines) {
    CRC32 sum = new CRC32();
    lines.forEachOrdered(line -> sum.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
    return size + " of " + classes + " classes, " + Long.toHexString(sum.getValue());
  }
}
