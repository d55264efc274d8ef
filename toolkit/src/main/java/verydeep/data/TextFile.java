package verydeep.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text file of a data set: a list, labels, boxes. It is in UTF-8, or in the UTF-16 that its first
 * bytes announce, with or without a byte-order mark, as editors on Windows write both.
 */
final class TextFile {

  private static final long MOST_BYTES = 64 << 20;
  private static final char MARK = '\uFEFF';

  /** An XML declaration ends within this many bytes. */
  private static final int HEAD = 200;

  private static final Pattern DECLARED =
      Pattern.compile(
          "\\A(?:\\xEF\\xBB\\xBF)?<\\?xml[^>]*encoding\\s*=\\s*[\"']([A-Za-z][\\w.-]*)[\"']");

  private TextFile() {}

  /**
   * Reads the lines of a file, unless it is unreasonably large.
   *
   * @throws UnreadableAnnotationException if it cannot be read or is in another encoding; the
   *     message names the line
   */
  static List<String> lines(Path file) {
    byte[] bytes = bytes(file, MOST_BYTES);
    String reason = "It is not in UTF-8; a text may be in UTF-8 or UTF-16.";
    return decoded(file, bytes, encoding(bytes), reason).lines().toList();
  }

  /**
   * Reads a file, unless it is unreasonably large.
   *
   * @throws UnreadableAnnotationException if it cannot be read
   */
  static byte[] bytes(Path file, long most) {
    try {
      return FileContent.read(file, most);
    } catch (IOException e) {
      throw new UnreadableAnnotationException(file, 0, FileContent.reason(e), e);
    }
  }

  /**
   * Reads an XML file, in the encoding that it declares. The JDK's XML reader would print an error
   * to stderr where bytes are wrong.
   */
  static String xml(Path file, long most) {
    byte[] bytes = bytes(file, most);
    Charset found = encoding(bytes);
    String head = new String(bytes, 0, Math.min(HEAD, bytes.length), StandardCharsets.ISO_8859_1);
    Matcher declared = DECLARED.matcher(head);
    if (!found.equals(StandardCharsets.UTF_8) || !declared.find()) {
      return decoded(file, bytes, found, "It is not in UTF-8, and declares no other encoding.");
    }
    String name = declared.group(1);
    if (!Charset.isSupported(name)) {
      throw error(file, 1, "It declares the encoding \"" + name + "\", which is not known.");
    }
    String reason = "It is not in the encoding " + name + " that it declares.";
    return decoded(file, bytes, Charset.forName(name), reason);
  }

  private static String decoded(Path file, byte[] bytes, Charset charset, String reason) {
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UnreadableAnnotationException(file, firstWrongLine(bytes), reason, e);
    }
  }

  /** Returns UTF-16 if there is its mark, or if every second of the first bytes is zero. */
  private static Charset encoding(byte[] bytes) {
    int first = bytes.length < 2 ? -1 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    boolean pair = bytes.length >= 4;
    if (first == 0xFFFE || (pair && bytes[0] != 0 && bytes[1] == 0 && bytes[3] == 0)) {
      return StandardCharsets.UTF_16LE;
    }
    if (first == 0xFEFF || (pair && bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0)) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  /** Returns the first line that is not in UTF-8, from 1. */
  private static int firstWrongLine(byte[] bytes) {
    int line = 1;
    int begin = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        try {
          var unused =
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, begin, i - begin));
        } catch (CharacterCodingException e) {
          return line;
        }
        begin = i + 1;
        line++;
      }
    }
    return 0;
  }

  private static UnreadableAnnotationException error(Path file, int line, String reason) {
    return new UnreadableAnnotationException(file, line, reason, null);
  }
}
