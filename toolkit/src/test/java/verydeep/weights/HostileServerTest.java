package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.FileException;
import verydeep.weights.RawServer.Request;

/** Servers that break off, lie about lengths, send other bytes, lead astray, or crawl. */
@Timeout(60)
class HostileServerTest {

  private static final byte[] WHOLE = whole();
  private static final int LENGTH = WHOLE.length;
  private static final String NAME = "a.pth";

  @TempDir Path cache;

  private final Map<String, RawServer.Answer> answers =
      Map.ofEntries(
          Map.entry("/whole", (request, out) -> send(out, 200, "", 0, LENGTH)),
          Map.entry("/resumable", this::resumable),
          Map.entry("/rangeless", (request, out) -> send(out, 200, "", 0, LENGTH / 3)),
          Map.entry("/half-then-whole", this::halfThenWhole),
          Map.entry("/other-range", this::otherRange),
          Map.entry("/understated", (request, out) -> send(out, 200, "1000", 0, LENGTH)),
          Map.entry("/overstated", (request, out) -> send(out, 200, "" + (LENGTH + 9), 0, LENGTH)),
          Map.entry("/wrong", (request, out) -> wrong(out, "" + LENGTH)),
          Map.entry("/wrong-and-overstated", (request, out) -> wrong(out, "" + 2 * LENGTH)),
          Map.entry("/no-number", (request, out) -> send(out, 200, "many", 0, LENGTH)),
          Map.entry("/negative", (request, out) -> send(out, 200, "-1", 0, LENGTH)),
          Map.entry("/busy-then-whole", this::busyThenWhole),
          Map.entry("/missing", (request, out) -> RawServer.head(out, "404 Not Found")),
          Map.entry("/loop", (request, out) -> redirect(out, "/loop")),
          Map.entry("/longer", (request, out) -> redirect(out, request.path() + "r")),
          Map.entry("/to-file", (request, out) -> redirect(out, "file:///etc/hostname")),
          Map.entry("/to-ftp", (request, out) -> redirect(out, "ftp://127.0.0.1/a")),
          Map.entry("/to-jar", (request, out) -> redirect(out, "jar:file:///a.jar!/a")),
          Map.entry("/to-nowhere", (request, out) -> redirect(out, "http://[")),
          Map.entry("/to-no-host", (request, out) -> redirect(out, "http:///a")),
          Map.entry("/garbage", (request, out) -> out.write(WHOLE)),
          Map.entry("/hang-up", (request, out) -> {}),
          Map.entry("/silent", (request, out) -> pause(20_000)),
          Map.entry("/silent-within", this::silentWithin),
          Map.entry("/trickle", this::trickle),
          Map.entry("/endless", this::endless),
          Map.entry("/endless-head", this::endlessHead));

  private final RawServer server =
      new RawServer(
          (request, out) ->
              answers.getOrDefault(request.path(), answers.get("/longer")).write(request, out));

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/whole",
        "/resumable",
        "/half-then-whole",
        "/overstated",
        "/negative",
        "/busy-then-whole"
      })
  void fileComesInTheEnd(String path) throws IOException {
    assertThat(Files.readAllBytes(from(path).fetch())).isEqualTo(WHOLE);
    assertThat(names()).containsExactlyInAnyOrder(NAME, NAME + ".lock");
  }

  @Test
  void brokenDownloadIsTakenUpWhereItEnded() {
    from("/resumable").fetch();
    assertThat(server.requests())
        .extracting(Request::from)
        .containsExactly(0, 200_000, 400_000, 600_000, 800_000);
  }

  @Test
  void brokenDownloadIsTakenUpByALaterCallAtAnotherPlace() throws IOException {
    assertThatThrownBy(() -> from("/rangeless").fetch())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("connection broke");
    assertThat(server.requests()).hasSize(5); // the first one brought something
    assertThat(cache.resolve(NAME + ".part")).hasSize(LENGTH / 3);
    assertThat(Files.readAllBytes(from("/resumable").fetch())).isEqualTo(WHOLE);
    assertThat(server.requests().get(5).from()).isEqualTo(LENGTH / 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/understated",
        "/wrong",
        "/no-number",
        "/missing",
        "/loop",
        "/longer",
        "/to-file",
        "/to-ftp",
        "/to-jar",
        "/to-nowhere",
        "/to-no-host",
        "/garbage",
        "/hang-up",
        "/silent",
        "/wrong-and-overstated",
        "/trickle",
        "/endless",
        "/endless-head",
        "/silent-within",
        "/other-range",
        "/rangeless"
      })
  void otherAnswersEndInOneExceptionAndNothingStandsUnderTheName(String path) {
    long begin = System.nanoTime();
    assertThatThrownBy(() -> hasty(path).fetch())
        .isInstanceOf(FileException.class)
        .hasMessageContainingAll(
            cache.resolve(NAME).toString(), "\"" + NAME + "\"", "by hand", "SHA-256", path + ": ");
    assertThat(cache.resolve(NAME)).doesNotExist();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    assertThat(server.requests()).hasSizeLessThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/understated", "/wrong", "/endless", "/missing"})
  void wrongBytesAreNotKept(String path) {
    assertThatThrownBy(() -> from(path).fetch()).isInstanceOf(FileException.class);
    assertThat(cache.resolve(NAME + ".part")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500, LENGTH_OF_JUNK})
  void partOfAnotherFileIsThrownAway(int length) throws IOException {
    Files.write(cache.resolve(NAME + ".part"), new byte[length]);
    assertThat(Files.readAllBytes(from("/resumable").fetch())).isEqualTo(WHOLE);
  }

  private static final int LENGTH_OF_JUNK = 900_000;

  @Test
  void wholePartIsTakenWithoutFetchingItAgain() throws IOException {
    Files.write(cache.resolve(NAME + ".part"), WHOLE); // killed before the rename
    assertThat(Files.readAllBytes(from("/resumable").fetch())).isEqualTo(WHOLE);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void slowServerIsNamedSo() {
    assertThatThrownBy(() -> hasty("/trickle").fetch()).hasMessageContaining("too slow: ");
    assertThatThrownBy(() -> hasty("/silent-within").fetch())
        .hasMessageContaining("sent nothing for 200 ms");
    assertThatThrownBy(() -> hasty("/silent").fetch()).hasMessageContaining("timed out");
  }

  @Test
  void interruptEndsASlowDownloadAndKeepsWhatHasCome() throws Exception {
    Pretrained weights = from("/trickle").timeout(Duration.ofSeconds(50));
    AtomicReference<Thread> fetching = new AtomicReference<>();
    CompletableFuture<Boolean> interrupted =
        CompletableFuture.supplyAsync(
            () -> {
              fetching.set(Thread.currentThread());
              assertThatThrownBy(weights::fetch)
                  .isInstanceOf(FileException.class)
                  .hasMessageContaining("interrupted");
              return Thread.interrupted();
            });
    Path part = cache.resolve(NAME + ".part");
    while (!Files.exists(part) || Files.size(part) < 10) {
      pause(20);
    }
    fetching.get().interrupt();
    assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.size(part)).isGreaterThanOrEqualTo(10);
    assertThat(Files.readAllBytes(from("/resumable").fetch())).isEqualTo(WHOLE);
  }

  @Test
  void mirrorsAreTriedInTheirOrder() throws IOException {
    Pretrained weights =
        from("/whole")
            .mirror(server.at("/missing"))
            .mirror(server.at("/wrong"))
            .mirror(cache.resolve("not-there").toUri())
            .mirror(server.at("/resumable"));
    assertThat(Files.readAllBytes(weights.fetch())).isEqualTo(WHOLE);
    assertThat(server.requests())
        .extracting(Request::path)
        .containsExactly(
            "/missing",
            "/wrong",
            "/resumable",
            "/resumable",
            "/resumable",
            "/resumable",
            "/resumable");
  }

  private Pretrained from(String path) {
    return Pretrained.of(DownloadTest.published(NAME, server.at(path), LENGTH, WHOLE))
        .cache(cache)
        .timeout(Duration.ofSeconds(5))
        .quiet();
  }

  private Pretrained hasty(String path) {
    return from(path).timeout(Duration.ofMillis(200));
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Gives a quarter at a time. */
  private void resumable(Request request, OutputStream out) throws IOException {
    int from = request.from();
    if (from >= LENGTH) {
      RawServer.head(out, "416 Range Not Satisfiable", "Content-Range: bytes */" + LENGTH);
    } else if (from == 0) {
      send(out, 200, "", 0, LENGTH / 4);
    } else {
      RawServer.head(
          out,
          "206 Partial Content",
          "Content-Length: " + (LENGTH - from),
          "Content-Range: bytes " + from + "-" + (LENGTH - 1) + "/" + LENGTH);
      out.write(WHOLE, from, Math.min(LENGTH / 4, LENGTH - from));
    }
  }

  /** Breaks off first, and then ignores that a range is asked for. */
  private void halfThenWhole(Request request, OutputStream out) throws IOException {
    send(out, 200, "", 0, request.from() == 0 ? LENGTH / 2 : LENGTH);
  }

  private void busyThenWhole(Request request, OutputStream out) throws IOException {
    if (server.requests().size() == 1) {
      RawServer.head(out, "503 Service Unavailable", "Content-Length: 0");
    } else {
      send(out, 200, "", 0, LENGTH);
    }
  }

  private void otherRange(Request request, OutputStream out) throws IOException {
    if (request.from() == 0) {
      send(out, 200, "", 0, LENGTH / 2);
    } else {
      RawServer.head(out, "206 Partial Content", "Content-Range: bytes 0-99/100");
      out.write(WHOLE, 0, 100);
    }
  }

  private void wrong(OutputStream out, String length) throws IOException {
    RawServer.head(out, "200 OK", "Content-Length: " + length);
    out.write(new byte[LENGTH]);
  }

  private void silentWithin(Request request, OutputStream out) throws IOException {
    send(out, 200, "", 0, 1000);
    out.flush();
    pause(20_000);
  }

  private void trickle(Request request, OutputStream out) throws IOException {
    RawServer.head(out, "200 OK", "Content-Length: " + LENGTH);
    for (int i = 0; i < 2000; i++) {
      out.write(WHOLE[i]);
      out.flush();
      pause(20);
    }
  }

  private void endless(Request request, OutputStream out) throws IOException {
    RawServer.head(out, "200 OK");
    while (true) {
      out.write(WHOLE);
    }
  }

  private void endlessHead(Request request, OutputStream out) throws IOException {
    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.ISO_8859_1));
    byte[] line = ("X-Line: " + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    while (true) {
      out.write(line);
    }
  }

  private static void redirect(OutputStream out, String where) throws IOException {
    RawServer.head(out, "302 Found", "Location: " + where, "Content-Length: 0");
  }

  /** A part of the file, whatever the length that is named; none means the file's. */
  private static void send(OutputStream out, int status, String length, int from, int to)
      throws IOException {
    RawServer.head(out, status + " OK", "Content-Length: " + (length.isEmpty() ? LENGTH : length));
    out.write(WHOLE, from, to - from);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] whole() {
    byte[] bytes = new byte[800_001];
    new SplittableRandom(1409).nextBytes(bytes);
    return bytes;
  }
}
