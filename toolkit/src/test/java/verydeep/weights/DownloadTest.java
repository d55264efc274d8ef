package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server that breaks off, lies, redirects or is not there. */
@Timeout(60)
class DownloadTest {

  @TempDir Path cache;

  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private byte[] whole;
  private PublishedWeights published;

  @BeforeEach
  void serve() throws Exception {
    whole = Files.readAllBytes(FormatGoldens.file("A.zip.pth"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/whole", this::whole);
    server.createContext("/broken", this::broken);
    server.createContext("/wrong", e -> answer(e, 200, new byte[whole.length]));
    server.createContext("/short", e -> answer(e, 200, Arrays.copyOf(whole, 1000)));
    server.createContext("/away", e -> redirect(e, "/whole"));
    server.createContext("/loop", e -> redirect(e, "/loop"));
    server.createContext("/file", e -> redirect(e, "file:///etc/hostname"));
    server.start();
    String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole));
    published =
        new PublishedWeights(
            "A", "a.pth", at("/whole"), 0, "SHA-256 " + sha.substring(0, 8), "none", "us", "none");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void fileIsFetchedOnceAndSaysWhatItIs() {
    Pretrained weights = from("/whole");
    Checkpoint read = weights.load();
    assertThat(read.provenance().facts()).containsEntry("weights", "A").containsKey("licence");
    weights.load();
    assertThat(ranges).hasSize(1);
  }

  @Test
  void brokenDownloadIsTakenUpWhereItEnded() throws IOException {
    assertThat(Files.readAllBytes(from("/broken").fetch())).isEqualTo(whole);
    assertThat(ranges).hasSizeGreaterThan(1).contains("bytes=" + whole.length / 2 + "-");
  }

  @Test
  void redirectIsFollowed() throws IOException {
    assertThat(Files.readAllBytes(from("/away").fetch())).isEqualTo(whole);
  }

  @Test
  void wrongShortCirclingMissingAndLocalAnswersAreRefusedAndNothingStays() {
    for (String path : List.of("/wrong", "/short", "/loop", "/file", "/nowhere")) {
      assertThatThrownBy(() -> from(path).fetch())
          .as(path)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContainingAll(cache.resolve("a.pth").toString(), "by hand", "SHA-256", path);
      assertThat(cache.resolve("a.pth")).doesNotExist();
    }
  }

  @Test
  void mirrorIsTriedFirstAndAFileWillDo() throws IOException {
    Pretrained weights = from("/nowhere").mirror(FormatGoldens.file("A.zip.pth").toUri());
    assertThat(Files.readAllBytes(weights.fetch())).isEqualTo(whole);
    assertThat(ranges).isEmpty();
  }

  @Test
  void offlineMessageSaysWhichFileToPutWhere() {
    server.stop(0);
    assertThatThrownBy(() -> from("/whole").fetch())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll(cache.resolve("a.pth").toString(), "\"a.pth\"", "Connect");
  }

  @Test
  void twoAtOnceFetchOnce() {
    CompletableFuture<Path> first = CompletableFuture.supplyAsync(() -> from("/whole").fetch());
    CompletableFuture<Path> second = CompletableFuture.supplyAsync(() -> from("/whole").fetch());
    assertThat(first.join()).isEqualTo(second.join());
    assertThat(ranges).hasSize(1);
  }

  @Test
  void publishedSetsHaveTheirFactsAndUnknownNamesAreAnsweredWithThem() {
    assertThat(Pretrained.all()).hasSize(14).doesNotHaveDuplicates();
    for (PublishedWeights set : Pretrained.all()) {
      assertThat(Pretrained.of(set.name()).published()).isEqualTo(set);
      assertThat(set.hash()).matches("(SHA-256|SHA-1|MD5) [0-9a-f]{8,64}");
    }
    assertThatThrownBy(() -> Pretrained.of("vgg"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("\"vgg\"", "D-authors", "D-BN-torchvision");
  }

  private Pretrained from(String path) {
    PublishedWeights there =
        new PublishedWeights(
            published.name(),
            published.file(),
            at(path),
            0,
            published.hash(),
            published.accuracy(),
            published.credit(),
            published.licence());
    return Pretrained.of(there).cache(cache).quiet();
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void whole(HttpExchange exchange) throws IOException {
    ranges.add("" + exchange.getRequestHeaders().getFirst("Range"));
    answer(exchange, 200, whole);
  }

  /** Gives half at first, and the rest if asked for it. */
  private void broken(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add("" + range);
    try (exchange) {
      if (range == null) {
        exchange.sendResponseHeaders(200, whole.length);
        OutputStream out = exchange.getResponseBody();
        out.write(whole, 0, whole.length / 2);
        out.flush();
        return;
      }
      int from = Integer.parseInt(range.replaceAll("\\D", ""));
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (whole.length - 1) + "/" + whole.length);
      answer(exchange, 206, Arrays.copyOfRange(whole, from, whole.length));
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
