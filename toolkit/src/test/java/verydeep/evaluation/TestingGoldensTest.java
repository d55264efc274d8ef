package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.Goldens;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Each protocol of section 3.2 on photos of odd shapes, against PyTorch. */
@Timeout(60)
class TestingGoldensTest {

  private static final double TOLERANCE = 1e-4;
  private static final List<String> CLASSES = List.of("p", "q", "r", "s", "t");

  @TempDir static Path root;
  private static Goldens golden;
  private static Images images;
  private static final List<Integer> ORDER = new ArrayList<>(); // of our images in the golden

  @BeforeAll
  static void images() throws IOException {
    golden = Goldens.of("testing");
    List<String> names =
        JsonParser.parseString(golden.metadata("pictures")).getAsJsonArray().asList().stream()
            .map(name -> name.getAsString())
            .toList();
    for (int i = 0; i < names.size(); i++) {
      Path folder = Files.createDirectories(root.resolve(CLASSES.get(i % 5)));
      Path photo = Path.of("../datasets/clothing/test", names.get(i));
      if (Files.exists(photo)) {
        Files.copy(photo, folder.resolve(i + ".jpg"));
      } else {
        List<Integer> sizes = golden.sizes("drawn/" + names.get(i));
        byte[] pixels = golden.octets("drawn/" + names.get(i));
        RgbImage drawn = RgbImage.of(sizes.get(1), sizes.get(0), pixels);
        ImageIO.write(drawn.toBufferedImage(), "png", folder.resolve(i + ".png").toFile());
      }
    }
    images = Images.folder(root);
    for (int i = 0; i < images.size(); i++) {
      String name = images.file(i).getFileName().toString();
      ORDER.add(Integer.parseInt(name.substring(0, name.indexOf('.'))));
    }
    assertThat(ORDER).hasSameSizeAs(names);
  }

  private static EvaluationBuilder test(String net) {
    return test(net, Arithmetic.DJL);
  }

  private static EvaluationBuilder test(String net, Arithmetic arithmetic) {
    Checkpoint checkpoint =
        Checkpoint.of(
            Goldens.of(net).parameters("weight"),
            CLASSES,
            Preprocessing.paper(new Rgb(124, 117, 104)),
            Provenance.unknown());
    return Evaluation.of(checkpoint, images).arithmetic(arithmetic).quiet();
  }

  private static void check(Evaluation test, String name) {
    float[] expected = golden.floats(name);
    for (int i = 0; i < ORDER.size(); i++) {
      for (int k = 0; k < CLASSES.size(); k++) {
        assertThat(Math.abs(test.predictions().get(i).score(k) - expected[5 * ORDER.get(i) + k]))
            .as("%s, image %d, class %d", name, ORDER.get(i), k)
            .isLessThan((float) TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"A, DJL", "D, DJL", "A, FAST", "D, FAST", "D, EXACT"})
  void posteriorsArePyTorchs(String net, Arithmetic arithmetic) {
    EvaluationBuilder test = test(net, arithmetic);
    check(test.centerCrop().scales(80).run(), net + "/center crop");
    check(test.dense().scales(80).run(), net + "/dense");
    check(test.dense().scales(64, 80, 101).run(), net + "/dense, three scales");
    check(test.multiCrop().scales(80).run(), net + "/multi-crop");
    check(test.multiCrop().scales(64, 80, 101).run(), net + "/multi-crop, three scales");
    check(test.denseAndMultiCrop().scales(64, 80, 101).run(), net + "/both, three scales");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DJL_FLOAT16", "BF16"})
  void ensemblesArePyTorchs(Arithmetic arithmetic) {
    Evaluation a = test("A", arithmetic).dense().scales(64, 80, 101).run();
    Evaluation d = test("D", arithmetic).dense().scales(64, 80, 101).run();
    check(Evaluation.mean(a, d), "ensemble/dense, three scales");
    Evaluation crops = test("A", arithmetic).multiCrop().scales(64, 80, 101).run();
    check(Evaluation.mean(a, crops), "A/both, three scales");
    Evaluation all =
        Evaluation.mean(
            Evaluation.mean(a, crops),
            test("D", arithmetic).denseAndMultiCrop().scales(64, 80, 101).run());
    check(all, "ensemble/both, three scales");
    assertThat(Evaluation.mean(a, d).toString())
        .startsWith("VGG A, width 0.0313 & VGG D, width 0.0313, dense, Q=64,80,101, flipped: 9");
    assertThat(Evaluation.mean(a, crops).protocol())
        .isEqualTo("dense & multi-crop 5x5, Q=64,80,101, flipped");
  }

  @Test
  void aWrongProtocolWouldFail() {
    float[] expected = golden.floats("A/dense");
    Evaluation plain = test("A").dense().scales(80).flipped(false).run();
    double largest = 0;
    for (int i = 0; i < ORDER.size(); i++) {
      for (int k = 0; k < 5; k++) {
        double error = plain.predictions().get(i).score(k) - expected[5 * ORDER.get(i) + k];
        largest = Math.max(largest, Math.abs(error));
      }
    }
    assertThat(largest).isGreaterThan(100 * TOLERANCE);
  }
}
