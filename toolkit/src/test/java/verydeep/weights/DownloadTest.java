package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;

/**
 * Downloads into a cache folder: once, from mirrors, offline, by two processes, onto a full disk.
 */
@Timeout(60)
class DownloadTest {

  @TempDir Path cache;

  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private byte[] whole;
  private volatile boolean slow;

  @BeforeEach
  void serve() throws Exception {
    whole = Files.readAllBytes(FormatGoldens.file("A.zip.pth"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/whole", this::whole);
    server.createContext("/away", e -> redirect(e, "/whole"));
    server.start();
  }

  /** A file of that name and content, as if its publisher had it at an address. */
  static PublishedWeights published(String name, URI source, long bytes, byte[] content) {
    try {
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(content);
      return published(name, source, bytes, "SHA-256 " + HexFormat.of().formatHex(sha, 0, 4));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static PublishedWeights published(String name, URI source, long bytes, String hash) {
    return new PublishedWeights(
        "A",
        name,
        source,
        bytes,
        hash,
        "none",
        Preprocessing.torchvision(),
        Optional.of(TrainingScale.jittered(256, 512)),
        "us",
        "none");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void fileIsDownloadedOnceAndDescribesItself() {
    Pretrained weights = from("/whole");
    Checkpoint read = weights.load();
    assertThat(read.provenance().facts()).containsEntry("weights", "A").containsKey("license");
    assertThat(read.trainingScale()).contains(TrainingScale.jittered(256, 512));
    weights.load();
    assertThat(ranges).hasSize(1);
  }

  @Test
  void redirectIsFollowed() throws IOException {
    assertThat(Files.readAllBytes(from("/away").fetch())).isEqualTo(whole);
  }

  @Test
  void localFileCanBeAMirror() throws IOException {
    Pretrained weights = from("/whole").mirror(FormatGoldens.file("A.zip.pth").toUri());
    assertThat(Files.readAllBytes(weights.fetch())).isEqualTo(whole);
    assertThat(ranges).isEmpty();
  }

  @Test
  void fileThatIsAnotherOrNotThereIsPassedOver() throws IOException {
    Pretrained weights =
        from("/whole")
            .mirror(FormatGoldens.file("B.zip.pth").toUri())
            .mirror(cache.toUri())
            .mirror(URI.create("file:relative"));
    assertThat(Files.readAllBytes(weights.fetch())).isEqualTo(whole);
  }

  @Test
  void addressWithAnotherSchemeIsNotAMirror() {
    for (String address : List.of("ftp://127.0.0.1/a", "a.pth", "jar:file:/a.jar!/a")) {
      assertThatThrownBy(() -> from("/whole").mirror(URI.create(address)))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll("http, https or file", address);
    }
    assertThatThrownBy(() -> from("/whole").timeout(Duration.ZERO))
        .isInstanceOf(VerydeepException.class);
  }

  @Test
  void unwritableFolderIsReportedWithAdvice() throws IOException {
    Path noFolder = Files.writeString(cache.resolve("file"), "x");
    for (Path folder : List.of(noFolder, noFolder.resolve("below"))) {
      assertThatThrownBy(() -> from("/whole").cache(folder).fetch())
          .isInstanceOf(FileException.class)
          .hasMessageContainingAll(folder.toString(), "cannot be written", "VERYDEEP_CACHE");
    }
    assertThat(ranges).isEmpty();
  }

  @Test
  void fullDiskIsReportedAtOnceAndNoOtherSourceIsTried() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Files.createSymbolicLink(cache.resolve("a.pth.part"), full);
    assertThatThrownBy(() -> from("/whole").mirror(at("/whole")).fetch())
        .isInstanceOf(FileException.class)
        .hasMessageContainingAll(
            "a.pth.part", "cannot be written", "No space left", "Free some space");
    assertThat(ranges).hasSize(1);
    assertThat(cache.resolve("a.pth")).doesNotExist();
  }

  @Test
  void offlineMessageSaysWhichFileToPutWhere() {
    server.stop(0);
    assertThatThrownBy(() -> from("/whole").fetch())
        .isInstanceOf(FileException.class)
        .hasMessageContainingAll(cache.resolve("a.pth").toString(), "\"a.pth\"", "no connection");
  }

  @Test
  void twoAtOnceFetchOnce() {
    CompletableFuture<Path> first = CompletableFuture.supplyAsync(() -> from("/whole").fetch());
    CompletableFuture<Path> second = CompletableFuture.supplyAsync(() -> from("/whole").fetch());
    assertThat(first.join()).isEqualTo(second.join());
    assertThat(ranges).hasSize(1);
  }

  @Test
  void twoProcessesFetchOnceAndBothHaveTheFile() throws Exception {
    slow = true;
    String hash = published("a.pth", at("/whole"), 0, whole).hash();
    Process first = process(hash);
    Process second = process(hash);
    List<String> said = new ArrayList<>();
    for (Process process : List.of(first, second)) {
      said.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertThat(process.waitFor()).as(said.toString()).isZero();
    }
    Path file = cache.resolve("a.pth");
    assertThat(said).allMatch(text -> text.contains(file.toString()));
    assertThat(said).anyMatch(text -> text.contains("another process is downloading it; waiting"));
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    assertThat(ranges).hasSize(1);
  }

  private Process process(String hash) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            FetchingProcess.class.getName(),
            at("/whole").toString(),
            hash,
            cache.toString())
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void publishedSetsHaveTheirFactsAndUnknownNamesAreAnsweredWithThem() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "weights.md"));
    assertThat(Pretrained.all()).extracting(Pretrained::name).hasSize(14).doesNotHaveDuplicates();
    for (PublishedWeights set : PublishedWeights.ALL) {
      assertThat(Pretrained.of(set.name())).hasToString(set.toString());
      assertThat(set.hash()).matches("(SHA-256|SHA-1|MD5) [0-9a-f]{8,64}");
      assertThat(set.source()).hasScheme("https");
      assertThat(page).contains("| `Pretrained.of(\"" + set.name() + "\").load()` | ");
      assertThat(set.source().getPath()).endsWith("/" + set.file());
      Preprocessing published =
          set.file().endsWith(".pth") ? Preprocessing.torchvision() : Preprocessing.caffe();
      assertThat(set.preprocessing()).isEqualTo(published);
    }
    assertThatThrownBy(() -> Pretrained.of("vgg"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("\"vgg\"", "D-authors", "D-BN-torchvision");
  }

  private Pretrained from(String path) {
    return Pretrained.of(published("a.pth", at(path), 0, whole)).cache(cache).quiet();
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void whole(HttpExchange exchange) throws IOException {
    ranges.add("" + exchange.getRequestHeaders().getFirst("Range"));
    if (slow) {
      pause(3000);
    }
    answer(exchange, 200, whole);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void redirect(HttpExchange exchange, String where) throws IOException {
    exchange.getResponseHeaders().set("Location", where);
    answer(exchange, 302, new byte[0]);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }
}
