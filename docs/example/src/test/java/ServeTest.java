import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.classification.Classifier;
import verydeep.data.Preprocessing;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** The server as its users meet it, in a JVM without any option. */
class ServeTest {

  @TempDir Path folder;

  @Test
  void photosAreAnsweredAndEverythingElseIsRefused() throws Exception {
    Vgg network = Vgg.of(Configuration.A).classes(3).width(1 / 16.0).input(32).build();
    Path model =
        Checkpoint.of(
                Parameters.initial(network, 1),
                List.of("cat", "dog", "cow"),
                Preprocessing.caffe(),
                Provenance.unknown())
            .write(folder.resolve("model.safetensors"));
    try (Classifier classifier = Classifier.read(model)) {
      HttpServer server = Serve.start(classifier, 0);
      try {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/classify");
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB), "png", png);
        List<CompletableFuture<HttpResponse<String>>> answers =
            IntStream.range(0, 40).mapToObj(i -> post(address, png.toByteArray())).toList();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
          assertEquals(200, answer.get().statusCode());
          assertTrue(answer.get().body().contains("cow "), answer.get().body());
          assertEquals(answers.get(0).get().body(), answer.get().body());
        }
        assertEquals(400, post(address, new byte[] {1, 2, 3}).get().statusCode());
        assertEquals(413, post(address, new byte[(10 << 20) + 1]).get().statusCode());
      } finally {
        server.stop(0);
      }
    }
  }

  private static CompletableFuture<HttpResponse<String>> post(URI address, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }
}
