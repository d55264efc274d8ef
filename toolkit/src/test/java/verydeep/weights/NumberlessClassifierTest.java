package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.RgbImage;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.files.TensorFile;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/** Files whose classifier is NaN on purpose, as torchvision's IMAGENET1K_FEATURES of D. */
class NumberlessClassifierTest {

  private static final Vgg NET =
      Vgg.of(Configuration.A).classes(3).width(1 / 16.0).input(32).build();

  @TempDir Path folder;

  /** A file of somebody else, in which some arrays are NaN. */
  private Checkpoint read(String... numberless) {
    Parameters drawn = Parameters.initial(NET, 1);
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (ParameterShape shape : NET.parameterShapes()) {
      shapes.put(shape.name(), shape.sizes());
    }
    Path file = folder.resolve("foreign.safetensors");
    TensorFile.write(
        file,
        Map.of(),
        shapes,
        name -> {
          Tensor tensor = drawn.get(name);
          if (!Arrays.asList(numberless).contains(name)) {
            return tensor;
          }
          float[] none = new float[tensor.size()];
          Arrays.fill(none, Float.NaN);
          return Tensor.of(tensor.sizes(), none);
        });
    return Checkpoint.read(file);
  }

  @Test
  void theConvolutionsAreKept() {
    Checkpoint read = read("fc6.weight", "fc7.weight", "fc8.weight");
    assertThat(read.network().convolutionsOnly()).isTrue();
    assertThat(read.classNames()).isEmpty();
    assertThat(read.parameters().names()).noneMatch(name -> name.startsWith("fc"));
    assertThat(read.toString()).contains("classifier", "left out");
  }

  @Test
  void aClassifierWithNumbersIsKept() {
    assertThat(read().network().convolutionsOnly()).isFalse();
    assertThat(read("fc6.weight", "fc8.weight").network().convolutionsOnly()).isFalse();
    assertThat(read().toString()).doesNotContain("left out");
  }

  @Test
  void theCaseHasPyTorchsFeatures() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("jshell-scripts"))) {
      root = root.getParent();
    }
    Path given = root.resolveSibling("shared").resolve("cases/weights-nan-classifier");
    assumeTrue(Files.exists(given), "needs the folder shared/cases beside the repository");
    Checkpoint read = Checkpoint.read(given.resolve("features.pth"));
    assertThat(read.network().convolutionsOnly()).isTrue();
    RgbImage image = RgbImage.read(given.resolve("picture.png"));
    var pixels = FloatBuffer.allocate(3 * image.width() * image.height());
    read.preprocessing().write(image, pixels);
    double[] expected =
        JsonParser.parseString(Files.readString(given.resolve("expected.json")))
            .getAsJsonObject()
            .getAsJsonArray("pool5_channels_rows_columns")
            .asList()
            .stream()
            .mapToDouble(number -> number.getAsDouble())
            .toArray();
    try (ForwardPass pass = DjlForwardPass.of(read.parameters())) {
      Activations pool5 = pass.run(pixels.flip(), 1, image.height(), image.width());
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) pool5.values()[i])
            .as("number %d", i)
            .isCloseTo(expected[i], within(2e-5));
      }
    }
  }
}
