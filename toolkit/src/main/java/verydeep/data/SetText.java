package verydeep.data;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** What is said of a set of images: its headline, and what tells it from others. */
final class SetText {

  private static final int WIDTH = 80;

  private SetText() {}

  /** A line of 80 characters at most, for which the source loses its beginning. */
  static String headline(String head, String source) {
    int cut = source.length() - (WIDTH - head.length());
    return head + (cut <= 0 ? source : "…" + source.substring(cut + 1));
  }

  /** How many images and classes, and a CRC-32 over a line an image. */
  static String fingerprint(int size, int classes, Stream<String> lines) {
    CRC32 sum = new CRC32();
    lines.forEachOrdered(line -> sum.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
    return size + " of " + classes + " classes, " + Long.toHexString(sum.getValue());
  }
}
