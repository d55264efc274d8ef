package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.Goldens;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Features of real photos against PyTorch, put together by NumPy. */
@Timeout(120)
class FeaturesGoldensTest {

  private static final double TOLERANCE = 1e-4;
  private static final String[] SHIPPED_LAYERS = {
    "conv1_2", "pool1", "pool2", "conv3_1", "pool3", "pool4", "conv5_3", "pool5"
  };

  @TempDir static Path root;
  private static Goldens golden;
  private static Images photos;

  @BeforeAll
  static void copyPhotos() throws IOException {
    golden = Goldens.of("features");
    List<String> names =
        JsonParser.parseString(golden.metadata("photos")).getAsJsonArray().asList().stream()
            .map(name -> name.getAsString())
            .toList();
    for (int i = 0; i < names.size(); i++) { // in the golden's order
      Path copy = root.resolve("class" + i).resolve("photo.jpg");
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of("../datasets/clothing/test", names.get(i)), copy);
    }
    photos = Images.folder(root);
    assertThat(photos.size()).isEqualTo(names.size());
  }

  private static FeatureExtractor shipped(Arithmetic arithmetic, int... scales) {
    Path file = Path.of("../datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
    return FeatureExtractor.of(Checkpoint.read(file)).scales(scales).arithmetic(arithmetic).quiet();
  }

  private static FeatureExtractor small(int... scales) {
    Checkpoint checkpoint =
        Checkpoint.of(
            Goldens.of("D").parameters("weight"),
            List.of("p", "q", "r", "s", "t"),
            Preprocessing.paper(new Rgb(124, 117, 104)),
            Provenance.unknown());
    return FeatureExtractor.of(checkpoint).scales(scales).quiet();
  }

  /** D's convolutions with fc6 and fc7 of 128 units, whose window is as wide as D's. */
  private static Checkpoint connected() {
    Checkpoint d =
        Checkpoint.read(Path.of("../datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors"));
    Vgg net = d.network().with().classifier().units(128).classes(2).input(224).build();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterShape shape : net.parameterShapes()) {
      float[] numbers = new float[Math.toIntExact(shape.size())];
      switch (shape.name()) {
        case "fc6.weight" -> made(numbers, 1, 0x1p-8);
        case "fc7.weight" -> made(numbers, 2, 1);
        default -> {
          if (shape.name().startsWith("conv")) {
            d.parameters().get(shape.name()).values().get(numbers);
          }
        }
      }
      tensors.put(shape.name(), Tensor.of(shape.sizes(), FloatBuffer.wrap(numbers)));
    }
    return Checkpoint.of(
        Parameters.of(net, tensors), List.of("p", "q"), d.preprocessing(), Provenance.unknown());
  }

  /** The formula of features_goldens.py. */
  private static void made(float[] numbers, int salt, double scale) {
    for (int i = 0; i < numbers.length; i++) {
      int mixed = (i + salt) * (int) 2654435761L;
      mixed ^= mixed >>> 15;
      numbers[i] = (float) (((mixed >>> 8) / (double) (1 << 24) - 0.5) * scale);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DJL_FLOAT16", "BF16"})
  void fullyConnectedLayersBehindDsConvolutionsArePyTorchs(Arithmetic arithmetic) {
    FeatureExtractor.of(connected())
        .scales(288)
        .arithmetic(arithmetic)
        .quiet()
        .runByLayer(photos, "fc6", "fc7")
        .forEach((layer, features) -> check(features, "connected/" + layer + "/single"));
  }

  /** The largest difference to the golden, in parts of its largest number. */
  private static double error(Features features, String name) {
    float[] expected = golden.floats(name);
    int length = expected.length / photos.size();
    return IntStream.range(0, photos.size())
        .mapToDouble(
            i ->
                Goldens.relativeDifference(
                    features.vector(i), Arrays.copyOfRange(expected, i * length, (i + 1) * length)))
        .max()
        .orElseThrow();
  }

  private static void check(Features features, String name) {
    assertThat(error(features, name)).as(name).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DJL_FLOAT16", "BF16"})
  void eachLayerOfTheShippedDIsPyTorchs(Arithmetic arithmetic) {
    Map<String, Features> byLayer = shipped(arithmetic, 128).runByLayer(photos, SHIPPED_LAYERS);
    byLayer.forEach((layer, features) -> check(features, "shipped/" + layer + "/single"));
  }

  @Test
  void looksAndScalesArePutTogetherAsByNumPy() {
    String layer = "conv3_1";
    Arithmetic djl = Arithmetic.DJL;
    check(shipped(djl, 128).flipped(false).layer(layer).run(photos), "shipped/conv3_1/plain");
    check(shipped(djl, 128, 96).layer(layer).run(photos), "shipped/conv3_1/stacked");
    check(shipped(djl, 128, 96).averaged().layer(layer).run(photos), "shipped/conv3_1/averaged");
  }

  @Test
  void fullyConnectedLayersArePyTorchs() {
    small(80)
        .runByLayer(photos, "pool5", "fc6", "fc7")
        .forEach((layer, features) -> check(features, "small/" + layer + "/single"));
    check(small(80).flipped(false).run(photos), "small/fc7/plain");
    check(small(80, 64, 101).run(photos), "small/fc7/stacked");
    check(small(80, 64, 101).averaged().run(photos), "small/fc7/averaged");
  }

  @Test
  void canaryNoticesAnotherOrderOfTheSteps() {
    Features flipped = small(80).run(photos);
    assertThat(error(flipped, "small/fc7/plain")).isGreaterThan(50 * TOLERANCE);
    Features otherScale = small(81).run(photos);
    assertThat(error(otherScale, "small/fc7/single")).isGreaterThan(50 * TOLERANCE);
    Features lengthsFirst =
        small(80)
            .run(photos)
            .stackedWith(small(64).run(photos))
            .stackedWith(small(101).run(photos));
    assertThat(error(lengthsFirst, "small/fc7/stacked")).isGreaterThan(50 * TOLERANCE);
  }
}
