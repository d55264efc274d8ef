package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.Goldens;
import verydeep.Repository;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** What PyTorch and scikit-learn say of ten photos of odd kinds: answers_goldens.py. */
@Timeout(60)
class AnswersGoldensTest {

  private static final Checkpoint SMALL =
      Checkpoint.of(
          Goldens.of("D").parameters("weight"),
          List.of("p", "q", "r", "s", "t"),
          Preprocessing.paper(new Rgb(124, 117, 104)),
          Provenance.unknown());

  @TempDir static Path root;
  private static Path folder;
  private static Golden golden;

  private record Golden(
      List<Integer> scales,
      List<String> photos,
      List<String> classes,
      List<String> training,
      List<List<Double>> posteriors,
      List<List<Double>> decisions) {}

  @BeforeAll
  static void read() throws IOException, URISyntaxException {
    Path file =
        Path.of(
            AnswersGoldensTest.class.getResource("/verydeep/goldens/answers/answers.json").toURI());
    folder = file.getParent();
    try (Reader reader = Files.newBufferedReader(file)) {
      golden = new Gson().fromJson(reader, Golden.class);
    }
  }

  private static int[] scales() {
    return golden.scales().stream().mapToInt(q -> q).toArray();
  }

  @Test
  void posteriorsArePyTorchs() {
    assertThat(golden.photos()).hasSize(10);
    try (Classifier classifier = SMALL.classifier().dense().scales(scales()).open()) {
      for (int i = 0; i < golden.photos().size(); i++) {
        Classification answer = classifier.classify(folder.resolve(golden.photos().get(i)));
        for (int k = 0; k < answer.classNames().size(); k++) {
          assertThat((double) answer.score(k))
              .as(golden.photos().get(i))
              .isCloseTo(golden.posteriors().get(i).get(k), within(2e-6));
        }
      }
    }
  }

  @Test
  void decisionsAreThoseOfScikitLearnOnPyTorchsFeatures() throws IOException {
    for (String photo : golden.training()) {
      Path to = root.resolve(photo);
      Files.createDirectories(to.getParent());
      Files.copy(Repository.root().resolve("datasets/clothing/test").resolve(photo), to);
    }
    Features features =
        FeatureExtractor.of(SMALL)
            .layer("pool5")
            .scales(scales()[0])
            .quiet()
            .run(Images.folder(root));
    LinearSvm svm = LinearSvm.of(features).cost(1).run();
    try (Classifier classifier = svm.open()) {
      for (int i = 0; i < golden.photos().size(); i++) {
        Classification answer = classifier.classify(folder.resolve(golden.photos().get(i)));
        for (int k = 0; k < golden.classes().size(); k++) {
          assertThat((double) answer.score(golden.classes().get(k)))
              .as(golden.photos().get(i))
              .isCloseTo(golden.decisions().get(i).get(k), within(1e-3));
        }
      }
    }
  }
}
