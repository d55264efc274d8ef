package verydeep.scripts;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Ilsvrc;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.scripts.Processes.Result;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** The script imagenet on a small tree, as its user calls it. */
@Timeout(120)
class ImagenetScriptTest {

  /** The toolkit's own test data: the devkit, and JPEGs as ILSVRC has some. */
  private static final Path DATA =
      Processes.root().resolve("toolkit/src/test/resources/verydeep/data");

  /** With a PNG, a CMYK and a gray JPEG among them, and one that is damaged here. */
  private static final int IMAGES = 24;

  @TempDir private static Path root;

  @BeforeAll
  static void drawATreeAndTwoNets() throws IOException {
    Path folder = Files.createDirectories(root.resolve("val"));
    Random random = new Random(1);
    for (int number = 2; number <= IMAGES; number++) {
      BufferedImage image = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 40 * 36; p++) {
        image.setRGB(p % 40, p / 40, random.nextInt());
      }
      String format = number == 17 ? "png" : "jpg"; // one is a PNG, whatever it is called
      ImageIO.write(image, format, folder.resolve(name(number)).toFile());
    }
    for (String odd : List.of("cmyk.jpg", "gray.jpg")) {
      Files.copy(
          DATA.resolve(odd),
          folder.resolve(name(odd.equals("gray.jpg") ? 23 : 19)),
          REPLACE_EXISTING);
    }
    Files.writeString(folder.resolve(name(1)), "no image");
    net(1).write(root.resolve("one.safetensors"));
    net(2).withTrainingScale(TrainingScale.fixed(40)).write(root.resolve("two.safetensors"));
  }

  private static String name(int number) {
    return "ILSVRC2012_val_%08d.JPEG".formatted(number);
  }

  private static Checkpoint net(long seed) {
    Vgg net = Vgg.of(Configuration.A).classes(1000).units(16).width(1 / 64.0).input(32).build();
    return Checkpoint.of(
        Parameters.initial(net, seed),
        Ilsvrc.classes(),
        Preprocessing.caffe(),
        Provenance.unknown());
  }

  private static Result run(String... settings) throws IOException, InterruptedException {
    return Processes.script("imagenet", root, settings);
  }

  @Test
  void hasTheRowsOfTables3To6AndNamesWhatItCouldNotRead() throws Exception {
    String[] settings = {
      "images=val",
      "truth=" + DATA.resolve("devkit"),
      "weights=one.safetensors,two.safetensors",
      "crops=true"
    };

    Result result = run(settings);

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("24 images of 1000 classes in val");
    List<String> ours =
        result.out().lines().filter(line -> line.startsWith("ours")).map(String::strip).toList();
    assertThat(ours).hasSize(13); // five a net, and the means of three of them over the nets
    assertThat(ours.get(0)).contains("center crop, Q=256", " 23 ");
    assertThat(ours.get(1)).contains("dense, Q=384,");
    assertThat(ours.get(10)).contains("dense, Q=256,384,512");
    assertThat(ours.get(11)).contains("multi-crop 5x5");
    assertThat(ours.get(12)).contains("dense & multi-crop");
    assertThat(result.out().lines())
        .contains(
            "one.safetensors, tested as if S=[256;512]: its training scale is unknown",
            "two.safetensors, S=40")
        .anyMatch(line -> line.startsWith("dense, Q=384, flipped: top-1 error "))
        .anyMatch(line -> line.startsWith("dense, Q=40, flipped: top-1 error "))
        .anyMatch(line -> line.startsWith("multi-crop 5x5, Q=35,40,45, flipped: top-1 error "));
    assertThat(result.out())
        .contains("Table 3", "Table 4", "Table 5", "Table 6", "seven nets", name(1) + ": ")
        .contains("VGG A, width");
    assertThat(Files.exists(root.resolve("target/imagenet/one.safetensors-24/scales"))).isTrue();
    assertThat(run(settings).out()).isEqualTo(result.out());
  }

  @Test
  void readsAllWeightsBeforeTheFirstTest() throws Exception {
    Result result =
        run(
            "images=val",
            "truth=" + DATA.resolve("devkit"),
            "weights=one.safetensors,three.safetensors",
            "first=3");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("three.safetensors: There is no such file.");
    assertThat(Files.exists(root.resolve("target/imagenet/one.safetensors-3"))).isFalse();
  }

  @Test
  void asksForWhatIsMissing() throws Exception {
    Result result = run("images=val");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).startsWith("give weights=FILE[,FILE] images=FOLDER truth=DEVKIT");
  }
}
