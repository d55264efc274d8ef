package verydeep.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Ilsvrc;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;
import verydeep.evaluation.Evaluation;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.scripts.Processes.Result;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** The script imagenet-part as a batch system calls it: once for each part, then to join them. */
@Timeout(120)
class ImagenetPartScriptTest {

  private static final int IMAGES = 70;

  @TempDir private static Path root;
  private static Checkpoint net;

  @BeforeAll
  static void drawImagesAndANet() throws IOException {
    Random random = new Random(1);
    for (int number = 0; number < IMAGES; number++) {
      BufferedImage image = new BufferedImage(36, 34, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 36 * 34; p++) {
        image.setRGB(p % 36, p / 36, random.nextInt());
      }
      Path synset = root.resolve("val").resolve(number % 2 == 0 ? "n01440764" : "n01443537");
      Path file = Files.createDirectories(synset).resolve("%03d.png".formatted(number));
      ImageIO.write(image, "png", file.toFile());
    }
    Vgg vgg = Vgg.of(Configuration.A).classes(1000).units(16).width(1 / 64.0).input(32).build();
    net =
        Checkpoint.of(
                Parameters.initial(vgg, 1),
                Ilsvrc.classes(),
                Preprocessing.caffe(),
                Provenance.unknown())
            .withTrainingScale(TrainingScale.fixed(40));
    net.write(root.resolve("net.safetensors"));
  }

  private static Result run(String... more) throws IOException, InterruptedException {
    String[] settings = new String[more.length + 3];
    settings[0] = "weights=net.safetensors";
    settings[1] = "images=val";
    settings[2] = "of=2";
    System.arraycopy(more, 0, settings, 3, more.length);
    return Processes.script("imagenet-part", root, settings);
  }

  @Test
  void twoTasksOfAnArrayAndAJoinGiveTheTestOfOneProcess() throws Exception {
    assertThat(run("part=1").out()).isEqualTo("part 1 of 2: images 32 to 69 of 70: 38 computed\n");
    Result early = run();
    assertThat(early.status()).isEqualTo(1);
    assertThat(early.err()).contains("32 of 70 images are missing", "(0 to 31)");
    assertThat(run("part=0").out()).endsWith("32 computed\n");
    assertThat(run("part=0").out()).endsWith(" 0 computed\n");

    Result joined = run();

    assertThat(joined.status()).as(joined.err()).isZero();
    Path file = root.resolve("target/imagenet-parts/test.safetensors");
    Evaluation ofParts = Evaluation.read(file);
    Evaluation ofOne =
        Evaluation.of(net, Ilsvrc.folders(root.resolve("val")))
            .dense()
            .scales(35, 40, 45)
            .quiet()
            .run();
    assertThat(joined.out()).contains(ofOne.errors().toString());
    assertThat(ofParts.predictions()).hasSize(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      for (int k = 0; k < 1000; k++) {
        assertThat(ofParts.predictions().get(i).score(k))
            .isEqualTo(ofOne.predictions().get(i).score(k));
      }
    }
  }

  @Test
  void asksForWhatIsMissing() throws Exception {
    Result result = Processes.script("imagenet-part", root, "part=0");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).startsWith("give weights=FILE images=FOLDER truth=DEVKIT");
  }
}
