import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import verydeep.VerydeepException;
import verydeep.classification.Classifier;

/** Answers what is in a photo: curl --data-binary @cat.jpg localhost:8080/classify */
public final class Serve {

  private static final int MOST_BYTES = 10 << 20;

  public static void main(String[] args) throws IOException {
    start(Classifier.read(args[0]), 8080);
  }

  static HttpServer start(Classifier classifier, int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.setExecutor(Executors.newFixedThreadPool(8)); // any number may ask at once
    server.createContext("/classify", exchange -> classify(classifier, exchange));
    server.start();
    return server;
  }

  private static void classify(Classifier classifier, HttpExchange exchange) throws IOException {
    byte[] photo = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (photo.length > MOST_BYTES) {
      answer(exchange, 413, "At most " + MOST_BYTES + " bytes are taken.");
      return;
    }
    try {
      answer(exchange, 200, classifier.classify(photo).top(5).toString());
    } catch (VerydeepException e) {
      answer(exchange, 400, e.getMessage()); // no image, damaged, or too small
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
