package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.Goldens;
import verydeep.data.RgbImage;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Configuration;

/**
 * The files of public bug reports have PyTorch's numbers. They lie in shared/cases beside the
 * repository, and are not copied; FormatsTest has files of the same kinds.
 */
class SharedCasesTest {

  private static final double TOLERANCE = 2e-5;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "weights-channels-last, model.pth, logits, fc8",
    "weights-compiled, vgg-d.safetensors, logits, fc8",
    "weights-features-bare, features.pth, pool5_channels_rows_columns, pool5",
    "weights-foreign-head, finetuned.pth, pool5_channels_rows_columns, pool5",
    "weights-imagenet-example, model_best.pth.tar, logits, fc8",
    "weights-nan-classifier, features.pth, pool5_channels_rows_columns, pool5",
    "weights-no-fc8, fc7.pth, fc7_rectified, fc7",
    "weights-old-classifier, vgg16.pth, logits, fc8",
    "weights-renamed-fc8, finetuned.caffemodel, logits, fc8",
    "weights-torchvision-reference, checkpoint.pth, logits, fc8"
  })
  void theCaseHasPyTorchsNumbers(String name, String file, String what, String last)
      throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("jshell-scripts"))) {
      root = root.getParent();
    }
    Path given = root.resolveSibling("shared").resolve("cases").resolve(name);
    assumeTrue(Files.exists(given), "needs the folder shared/cases beside the repository");
    Checkpoint read = Checkpoint.read(given.resolve(file));
    assertThat(read.network().configuration()).isEqualTo(Configuration.D);
    assertThat(read.network().width()).isEqualTo(1.0 / 32);
    assertThat(read.network().classes()).isEqualTo(last.equals("fc8") ? 5 : 0);
    assertThat(read.network().convolutionsOnly()).isEqualTo(last.equals("pool5"));
    RgbImage image = RgbImage.read(given.resolve("picture.png"));
    FloatBuffer pixels = FloatBuffer.allocate(3 * image.width() * image.height());
    read.preprocessing().write(image, pixels);
    try (ForwardPass pass = DjlForwardPass.of(read.parameters())) {
      float[] values = pass.run(pixels.flip(), 1, image.height(), image.width()).values();
      assertThat(Goldens.difference(values, expected(given, what))).isLessThan(TOLERANCE);
    }
  }

  private static float[] expected(Path given, String what) throws IOException {
    var numbers =
        JsonParser.parseString(Files.readString(given.resolve("expected.json")))
            .getAsJsonObject()
            .getAsJsonArray(what);
    float[] expected = new float[numbers.size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = numbers.get(i).getAsFloat();
    }
    return expected;
  }
}
