package verydeep.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import verydeep.VerydeepException;
import verydeep.internal.files.TensorFile;

/**
 * SHA-256 hashes of files, remembered in a text file, a line each, so that a file whose size and
 * time of modification are as before need not be read again. A hash is remembered only if the file
 * had been left alone for two seconds, since a change within the clock's step would leave no trace.
 * Lines that are damaged are passed over; what cannot be remembered is computed again.
 */
final class ContentHashes {

  private static final long QUIET_MILLIS = 2000;

  /**
   * A dot takes all bytes: that of U+0085, an end of line to patterns, is in many UTF-8 letters.
   */
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64}) (\\d{1,18}) (-?\\d{1,19}) (.+)", Pattern.DOTALL);

  private final Path memory;
  private final Map<String, Known> known = new HashMap<>();
  private final StringBuilder learned = new StringBuilder();

  private record Known(String hash, String size, String time) {}

  /** Reads what is remembered, if there is anything. */
  ContentHashes(Path memory) {
    this.memory = memory;
    try (Stream<String> lines = Files.lines(memory, StandardCharsets.ISO_8859_1)) {
      lines.forEach(this::remember);
    } catch (IOException | UncheckedIOException e) {
      known.clear(); // there is none yet, or it cannot be read
    }
  }

  private void remember(String line) {
    Matcher fields = LINE.matcher(line);
    if (fields.matches()) {
      known.put(fields.group(4), new Known(fields.group(1), fields.group(2), fields.group(3)));
    }
  }

  /** A file's hash, from memory if the file is as it was. */
  byte[] of(Path file) {
    BasicFileAttributes now = attributes(file);
    String size = String.valueOf(now.size());
    String time = String.valueOf(now.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    String name = name(file);
    Known found = known.get(name);
    if (found != null && found.size().equals(size) && found.time().equals(time)) {
      return HexFormat.of().parseHex(found.hash());
    }
    byte[] hash = content(file);
    if (System.currentTimeMillis() - now.lastModifiedTime().toMillis() > QUIET_MILLIS) {
      String line = String.join(" ", HexFormat.of().formatHex(hash), size, time, name);
      remember(line);
      learned.append(line).append('\n');
    }
    return hash;
  }

  private static BasicFileAttributes attributes(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The whole path, in one line of ISO 8859-1. */
  private static String name(Path file) {
    String line = TensorFile.lines(List.of(file.toAbsolutePath().normalize().toString()));
    String path = line.substring(0, line.length() - 1);
    return new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /**
   * Writes down what was learned since the last time; a folder that cannot be written to is let be.
   */
  void keep() {
    if (learned.length() == 0) {
      return;
    }
    try {
      Files.createDirectories(memory.toAbsolutePath().getParent());
      // One call, so that the lines of two processes do not mix; and on a line of its own, whatever
      // is there.
      Files.write(
          memory,
          ("\n" + learned).getBytes(StandardCharsets.ISO_8859_1),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      learned.setLength(0);
    } catch (IOException e) {
      learned.setLength(0); // the hashes are computed again next time
    }
  }

  /** A hash in hexadecimal. */
  static String of(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
  }

  private static byte[] content(Path file) {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return digest.digest();
  }

  private static VerydeepException unreadable(Path file, IOException e) {
    if (Thread.currentThread().isInterrupted()) { // the file may be sound
      throw (CancellationException)
          new CancellationException("The thread was interrupted.").initCause(e);
    }
    return new VerydeepException("The image " + file + " cannot be read: " + e);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java has it
    }
  }
}
