package verydeep.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Fetches a file: into a part beside it, which a later attempt takes up where it ended; then the
 * hash; then, by a rename, to its name. A lock file keeps other processes out.
 */
final class Download {

  /** Above every published file, so that an endless answer ends. */
  private static final long LARGEST = 1L << 30;

  private static final int ATTEMPTS = 4;
  private static final int MOST_REDIRECTS = 5;
  private static final int MILLIS = Integer.getInteger("verydeep.timeout", 20_000);
  private static final int CHUNK = 1 << 16;
  private static final int PARTIAL = 206;
  private static final int RANGE_IS_WRONG = 416;

  private static final Object ONE_AT_A_TIME = new Object();

  private final PublishedWeights published;
  private final List<URI> sources;
  private final Path file;
  private final boolean quiet;

  Download(PublishedWeights published, List<URI> sources, Path file, boolean quiet) {
    this.published = published;
    this.sources = sources;
    this.file = file;
    this.quiet = quiet;
  }

  Path run() {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    synchronized (ONE_AT_A_TIME) {
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (RandomAccessFile opened = new RandomAccessFile(lock.toFile(), "rw");
            FileLock held = opened.getChannel().lock()) {
          if (!held.isValid() || !Files.isRegularFile(file)) {
            fromAnySource();
          }
        }
      } catch (IOException e) {
        throw new CheckpointException(file, "cannot be written: " + e, e);
      }
    }
    return file;
  }

  private void fromAnySource() throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    StringBuilder reasons = new StringBuilder();
    for (URI source : sources) {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        try {
          receive(source, part);
          check(part);
          Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
          return;
        } catch (Refused e) {
          reasons.append("\n  ").append(source).append(": ").append(e.getMessage());
          break; // the same again would give the same
        } catch (IOException e) {
          if (attempt == ATTEMPTS) {
            reasons.append("\n  ").append(source).append(": ").append(e);
          }
        }
      }
    }
    throw new CheckpointException(
        file,
        "is not there and could not be fetched; put the file \""
            + published.file()
            + "\" ("
            + published.hash()
            + ") there by hand, or name a mirror. Tried:"
            + reasons);
  }

  /** A source that gives something else than the file. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason);
    }
  }

  private void receive(URI source, Path part) throws IOException {
    if ("file".equals(source.getScheme())) {
      Files.copy(Path.of(source), part, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    URI address = source;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpURLConnection connection = connect(source, address, part);
      try {
        int status = connection.getResponseCode();
        String location = connection.getHeaderField("Location");
        if (status / 100 == 3 && location != null) {
          address = address.resolve(location);
        } else {
          store(connection, status, part);
          return;
        }
      } finally {
        connection.disconnect();
      }
    }
    throw new Refused("more than " + MOST_REDIRECTS + " redirects");
  }

  private static HttpURLConnection connect(URI source, URI address, Path part) throws IOException {
    boolean secure = "https".equals(address.getScheme());
    boolean plain = "http".equals(address.getScheme()) && !"https".equals(source.getScheme());
    if (!secure && !plain) {
      throw new Refused(
          "leads to " + address + "; https, http and file are taken, and no way back from https");
    }
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(MILLIS);
    connection.setReadTimeout(MILLIS);
    if (Files.exists(part) && Files.size(part) > 0) {
      connection.setRequestProperty("Range", "bytes=" + Files.size(part) + "-");
    }
    return connection;
  }

  private void store(HttpURLConnection connection, int status, Path part) throws IOException {
    if (status == RANGE_IS_WRONG) {
      Files.delete(part);
      throw new IOException("the part was longer than the file");
    }
    if (status != HttpURLConnection.HTTP_OK && status != PARTIAL) {
      throw new Refused("answers with status " + status);
    }
    long at = status == PARTIAL ? Files.size(part) : 0;
    String range = connection.getHeaderField("Content-Range");
    if (status == PARTIAL && (range == null || !range.startsWith("bytes " + at + "-"))) {
      Files.delete(part);
      throw new IOException("sends another range: " + range);
    }
    long length = connection.getContentLengthLong();
    StandardOpenOption how =
        at > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    long received = at;
    try (InputStream in = connection.getInputStream();
        OutputStream out =
            Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      byte[] chunk = new byte[CHUNK];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        received += count;
        if (received > (published.bytes() > 0 ? published.bytes() : LARGEST)) {
          break; // the hash will tell
        }
        out.write(chunk, 0, count);
        show(received, length < 0 ? -1 : at + length);
      }
    }
    if (length >= 0 && received < at + length) {
      throw new IOException("ended after " + received + " of " + (at + length) + " bytes");
    }
  }

  private void show(long received, long all) {
    if (!quiet && received >> 23 != (received - CHUNK) >> 23) {
      System.out.print(
          "\r"
              + published.file()
              + ": "
              + received / 1_000_000
              + " of "
              + (all < 0 ? "?" : all / 1_000_000)
              + " MB  ");
    }
  }

  /** A wrong file is deleted, so that the next attempt begins anew. */
  private void check(Path part) throws IOException {
    String algorithm = published.hash().substring(0, published.hash().indexOf(' '));
    String wanted = published.hash().substring(algorithm.length() + 1);
    String given;
    try (InputStream in = Files.newInputStream(part)) {
      DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance(algorithm));
      digested.transferTo(OutputStream.nullOutputStream());
      given = HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    if (!given.startsWith(wanted)) {
      long size = Files.size(part);
      Files.delete(part);
      throw new Refused(
          "gives other bytes: " + size + " with " + algorithm + " " + given + ", not " + wanted);
    }
  }
}
