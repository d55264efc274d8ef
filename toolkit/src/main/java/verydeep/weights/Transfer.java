package verydeep.weights;

import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Flow;
import verydeep.FileException;

/**
 * One attempt to download the rest of a file from a server, appended to the existing part.
 * Redirects are followed here and not by the JDK, so that their number is limited and they lead
 * only to https, or from http to http.
 */
final class Transfer {

  /** A server that sends fewer bytes within the timeout is too slow. */
  private static final int WORTH = 1 << 16;

  private static final int MOST_REDIRECTS = 5;
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_IS_WRONG = 416;

  /** Statuses that may change in a moment, besides all from 500 on. */
  private static final Set<Integer> BUSY = Set.of(408, 425, 429);

  private final HttpClient client;
  private final Path part;
  private final long most;
  private final Duration timeout;
  private final Progress progress;

  /** Prepares an attempt for a file of at most {@code most} bytes. */
  Transfer(Path part, long most, Duration timeout, Progress progress) {
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
    this.part = part;
    this.most = most;
    this.timeout = timeout;
    this.progress = progress;
  }

  /**
   * Downloads until the server says that the file is complete.
   *
   * @throws Refused if it sends something else
   * @throws IOException if the connection breaks; what has arrived is in the part
   */
  void run(URI source) throws IOException, InterruptedException {
    try {
      follow(source);
    } catch (IllegalArgumentException e) {
      throw new Refused(
          "It is not, or redirects to what is not, an address: " + e.getMessage() + ".");
    }
  }

  private void follow(URI source) throws IOException, InterruptedException {
    URI address = source;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      refuseOtherThanWeb(source, address);
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer = ask(address);
      try (Incoming body = Incoming.from(answer.body())) {
        String location = answer.headers().firstValue("Location").orElse(null);
        if (answer.statusCode() / 100 != 3 || location == null) {
          store(answer, body);
          return;
        }
        address = address.resolve(location);
      }
    }
    throw new Refused("It redirects more than " + MOST_REDIRECTS + " times.");
  }

  private static void refuseOtherThanWeb(URI source, URI address) throws Refused {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    boolean plain = scheme.equals("http") && "http".equalsIgnoreCase(source.getScheme());
    if ((!secure && !plain) || address.getHost() == null) {
      throw new Refused(
          "It redirects to " + address + "; only https is allowed, or http from http.");
    }
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> ask(URI address)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(timeout);
    long there = size();
    if (there > 0) {
      request.header("Range", "bytes=" + there + "-");
    }
    return client.send(request.build(), BodyHandlers.ofPublisher());
  }

  private void store(HttpResponse<?> answer, Incoming body)
      throws IOException, InterruptedException {
    int status = answer.statusCode();
    if (status == RANGE_IS_WRONG && size() > 0) {
      return; // there is nothing after the part
    }
    if (status / 100 == 5 || BUSY.contains(status)) {
      throw new IOException("The server responded with status " + status + ".");
    }
    if (status != OK && status != PARTIAL) {
      throw new Refused("The server responded with status " + status + ".");
    }
    long at = status == PARTIAL ? size() : 0;
    String range = answer.headers().firstValue("Content-Range").orElse("none");
    if (status == PARTIAL && !range.startsWith("bytes " + at + "-")) {
      Files.delete(part);
      throw new IOException("The server sent another range than requested: " + range + ".");
    }
    long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    try (FileOutputStream out = open(at > 0)) {
      receive(body, out, at, length < 0 ? -1 : at + length);
    }
  }

  private FileOutputStream open(boolean append) {
    try {
      return new FileOutputStream(part.toFile(), append);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void receive(Incoming body, FileOutputStream out, long at, long all)
      throws IOException, InterruptedException {
    long received = at;
    long begin = System.nanoTime();
    long before = received;
    for (List<ByteBuffer> piece = body.next(timeout);
        !piece.isEmpty();
        piece = body.next(timeout)) {
      for (ByteBuffer bytes : piece) {
        received += bytes.remaining();
        if (received > most) {
          Files.delete(part);
          String what = "The server sent more than " + most + " bytes.";
          throw at == 0 ? new Refused(what) : new IOException(what);
        }
        write(out, bytes);
      }
      progress.at(received, all);
      if (System.nanoTime() - begin > timeout.toNanos()) {
        if (received - before < WORTH) {
          throw new HttpTimeoutException(
              "The server is too slow: it sent "
                  + (received - before)
                  + " bytes in "
                  + timeout.toMillis()
                  + " ms; the minimum is "
                  + WORTH
                  + ".");
        }
        begin = System.nanoTime();
        before = received;
      }
    }
    sync(out);
  }

  private void write(FileOutputStream out, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    try {
      out.write(copy);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void sync(FileOutputStream out) {
    try {
      out.getFD().sync();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Returns an exception for a failure that no other source would cure. */
  private FileException unwritable(IOException e) {
    return Download.unwritable(part, e);
  }

  private long size() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }
}
