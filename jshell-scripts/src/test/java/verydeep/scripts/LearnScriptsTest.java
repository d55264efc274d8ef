package verydeep.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Preprocessing;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.scripts.Processes.Result;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/**
 * The scripts learn, predict and similar on a folder with trouble in it, as their user calls them.
 */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LearnScriptsTest {

  private static final Path CLOTHES = Path.of("datasets/clothing/test").toAbsolutePath();

  @TempDir private static Path folder;

  @BeforeAll
  static void writeAFolderWithTroubleAndANet() throws IOException {
    List<Path> shoes = photos("shoes", 11);
    List<Path> pants = photos("pants", 6);
    copy(shoes, "photos/shoes");
    copy(pants, "photos/pants/nested/deeper");
    copy(photos("hat", 1), "photos/hat");
    Files.copy(shoes.get(0), folder.resolve("photos/pants/shoe.jpg"));
    Files.writeString(folder.resolve("photos/pants/text.jpg"), "no photo");
    Files.createFile(folder.resolve("photos/shoes/empty.jpg"));
    Vgg net = Vgg.of(Configuration.A).width(1 / 16.0).convolutionsOnly().build();
    Checkpoint.of(
            Parameters.initial(net, 1), List.of(), Preprocessing.caffe(), Provenance.unknown())
        .write(folder.resolve("net.safetensors"));
  }

  private static List<Path> photos(String name, int count) throws IOException {
    try (Stream<Path> all = Files.list(CLOTHES.resolve(name))) {
      return all.sorted().limit(count).toList();
    }
  }

  private static void copy(List<Path> files, String to) throws IOException {
    Files.createDirectories(folder.resolve(to));
    for (Path file : files) {
      Files.copy(file, folder.resolve(to).resolve(file.getFileName()));
    }
  }

  @Test
  @Order(1)
  void learnTellsTheErrorAndTheTrouble() throws Exception {
    Result result =
        Processes.script(
            "learn",
            folder,
            "data=photos",
            "out=mine/svm.safetensors",
            "weights=net.safetensors",
            "scales=32,48",
            "layers=pool3,pool4");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("3 classes learned; error ", "chosen of 6 by cross-validation: pool")
        .contains("Warning: Class \"hat\" has one image")
        .contains("Warning: Classes \"pants\" and \"shoes\" share 1 identical image")
        .contains("Warning: 2 files could not be read and are left out")
        .contains("the classifier: mine/svm.safetensors")
        .contains("jshell-scripts/run predict model=mine/svm.safetensors");
    assertThat(folder.resolve("mine/svm.safetensors")).isRegularFile();
  }

  @Test
  @Order(2)
  void predictAnswersForAFolderAndListsWhatItCannotRead() throws Exception {
    Result result =
        Processes.script(
            "predict", folder, "model=mine/svm.safetensors", "photos=photos", "out=answers");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("19 images by linear SVM", "2 files could not be read");
    assertThat(Files.readAllLines(folder.resolve("answers/answers.csv"))).hasSize(20);
    assertThat(folder.resolve("answers/least-certain.png")).isRegularFile();
  }

  @Test
  @Order(3)
  void predictAnswersForOnePhotoByAnyModel() throws Exception {
    Checkpoint.of(
            Parameters.initial(
                Vgg.of(Configuration.A).width(1 / 32.0).classes(2).input(32).build(), 1),
            List.of("cat", "dog"),
            Preprocessing.caffe(),
            Provenance.unknown())
        .write(folder.resolve("whole.safetensors"));
    Path photo = photos("hat", 1).get(0);
    Result result =
        Processes.script(
            "predict", folder, "model=whole.safetensors", "photos=" + photo, "out=one");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("posterior", "cat", "dog", "picture: one/answer.png");
    Result missing = Processes.script("predict", folder, "model=none.pth", "photos=" + photo);
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("none.pth");
  }

  @Test
  @Order(4)
  void similarFindsThePhotoItselfFirst() throws Exception {
    Path photo = folder.resolve("photos/hat").resolve(photos("hat", 1).get(0).getFileName());
    Files.delete(folder.resolve("photos/pants/text.jpg"));
    Files.delete(folder.resolve("photos/shoes/empty.jpg"));
    Result result =
        Processes.script(
            "similar",
            folder,
            "photo=" + photo,
            "photos=photos",
            "weights=net.safetensors",
            "scale=32",
            "out=alike",
            "count=3");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("Most similar images", "1.000", "alike/similar.png");
  }
}
