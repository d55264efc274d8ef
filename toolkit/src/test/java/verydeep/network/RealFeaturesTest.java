package verydeep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.Goldens;
import verydeep.cpu.Arithmetic;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.onednn.OneDnn;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.weights.Checkpoint;

/** The real features of D, trained on ImageNet, at every layer. */
class RealFeaturesTest {

  private static final double TOLERANCE = 1e-4;
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
  private static final Path SHIPPED =
      REPOSITORY.resolve("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
  private static final List<String> LAYERS = layers();

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DJL_FLOAT16", "BF16"})
  void shippedWeightsGivePyTorchsFeaturesAtEveryLayer(Arithmetic arithmetic) {
    Goldens golden = Goldens.of("vgg_d_features");
    Checkpoint d = Checkpoint.read(SHIPPED);
    try (ForwardPass pass = Arithmetics.load(arithmetic, d.parameters())) {
      FloatBuffer pixels = pixels(d.preprocessing(), golden.octets("photo"), 128);
      for (Activations found : pass.run(pixels, 1, 128, 128, LAYERS)) {
        String layer = found.layer();
        float[] values = found.values();
        double largest = golden.number(layer + "/max");
        near(layer + " mean", mean(values), golden.number(layer + "/mean"), largest);
        near(layer + " max", Goldens.largest(values), largest, largest);
        float[] samples = golden.floats(layer + "/samples");
        for (int i = 0; i < samples.length; i++) {
          near(layer + " sample", values[i * (values.length / 64)], samples[i], largest);
        }
      }
    }
  }

  @Test
  void pool5IsPyTorchsWhole() {
    Goldens golden = Goldens.of("vgg_d_features");
    assertThat(pool5Error(golden, golden.octets("photo"))).isLessThan(TOLERANCE);
  }

  @Test
  void canaryNoticesRedAndBlueSwapped() {
    Goldens golden = Goldens.of("vgg_d_features");
    byte[] swapped = golden.octets("photo");
    for (int i = 0; i < swapped.length; i += 3) {
      byte red = swapped[i];
      swapped[i] = swapped[i + 2];
      swapped[i + 2] = red;
    }
    assertThat(pool5Error(golden, swapped)).isGreaterThan(500 * TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource
  void float32WeightsGiveTheReferenceActivations(Arithmetic arithmetic) throws IOException {
    Path shared = REPOSITORY.resolveSibling("shared").resolve("data/weights");
    Path weights = shared.resolve("vgg16_conv.safetensors");
    assumeTrue(Files.exists(weights), "needs the folder shared/data beside the repository");
    String missing = arithmetic == Arithmetic.BF16 ? OneDnn.missing() : "";
    assumeTrue(missing.isEmpty(), missing);
    JsonObject reference =
        JsonParser.parseString(Files.readString(shared.resolve("reference_activations.json")))
            .getAsJsonObject();
    byte[] photo = Files.readAllBytes(shared.resolve("val_00000347_crop224_rgb.bin"));
    double tolerance =
        switch (arithmetic) {
          case FAST -> 1e-5;
          case EXACT -> 2e-6;
          case DJL, DJL_TF32 -> TOLERANCE;
          case DJL_FLOAT16, BF16 -> 1e-2;
        };
    try (ForwardPass pass = Arithmetics.load(arithmetic, parameters(Goldens.read(weights)))) {
      compare(pass, synthetic(), 32, reference.getAsJsonObject("synthetic32"), tolerance);
      compare(pass, photo, 224, reference.getAsJsonObject("val_00000347_crop224"), tolerance);
    }
  }

  private static void compare(
      ForwardPass pass, byte[] rgb, int side, JsonObject reference, double tolerance) {
    FloatBuffer pixels = pixels(Preprocessing.caffe(), rgb, side);
    List<String> layers = LAYERS.stream().filter(reference::has).toList();
    assertThat(layers).hasSize(14);
    for (Activations found : pass.run(pixels, 1, side, side, layers)) {
      String layer = found.layer();
      JsonObject wanted = reference.getAsJsonObject(layer);
      MapShape shape = found.shape();
      float[] values = found.values();
      assertThat(integers(wanted.getAsJsonArray("shape")))
          .containsExactly(shape.channels(), shape.height(), shape.width());
      double largest = wanted.get("max").getAsDouble();
      near(layer + " mean", mean(values), wanted.get("mean").getAsDouble(), largest, tolerance);
      near(layer + " max", Goldens.largest(values), largest, largest, tolerance);
      JsonArray row = wanted.getAsJsonArray("ch0_row0");
      for (int i = 0; i < row.size(); i++) {
        near(layer + " first row", values[i], row.get(i).getAsDouble(), largest, tolerance);
      }
      int center =
          ((shape.channels() - 1) * shape.height() + shape.height() / 2) * shape.width()
              + shape.width() / 2;
      near(
          layer + " center",
          values[center],
          wanted.get("lastch_center").getAsDouble(),
          largest,
          tolerance);
    }
  }

  private static double pool5Error(Goldens golden, byte[] photo) {
    Checkpoint d = Checkpoint.read(SHIPPED);
    try (DjlForwardPass pass = DjlForwardPass.of(d.parameters())) {
      Activations pool5 = pass.run(pixels(d.preprocessing(), photo, 128), 1, 128, 128);
      assertThat(pool5.shape()).isEqualTo(new MapShape(512, 4, 4));
      return Goldens.relativeDifference(pool5.values(), golden.floats("pool5/map"));
    }
  }

  private static Parameters parameters(Goldens torchvision) {
    Vgg network = Vgg.of(Configuration.D).convolutionsOnly().build();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int index = 0;
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.Convolution) {
        for (String role : List.of(".weight", ".bias")) {
          tensors.put(layer.name() + role, torchvision.tensor("features." + index + role));
        }
      }
      index++;
    }
    return Parameters.of(network, tensors);
  }

  private static byte[] synthetic() {
    byte[] rgb = new byte[32 * 32 * 3];
    for (int h = 0; h < 32; h++) {
      for (int w = 0; w < 32; w++) {
        for (int c = 0; c < 3; c++) {
          rgb[(h * 32 + w) * 3 + c] = (byte) ((7 * h + 13 * w + 31 * c + (h * w) % 17) % 256);
        }
      }
    }
    return rgb;
  }

  private static FloatBuffer pixels(Preprocessing preprocessing, byte[] rgb, int side) {
    FloatBuffer pixels = FloatBuffer.allocate(3 * side * side);
    preprocessing.write(RgbImage.of(side, side, rgb), pixels);
    return pixels.flip();
  }

  private static List<String> layers() {
    List<String> names = new ArrayList<>();
    for (int block = 1; block <= 5; block++) {
      for (int i = 1; i <= (block < 3 ? 2 : 3); i++) {
        names.add("conv" + block + "_" + i);
      }
      names.add("pool" + block);
    }
    return names;
  }

  private static List<Integer> integers(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsInt).toList();
  }

  private static void near(String what, double given, double wanted, double largest) {
    near(what, given, wanted, largest, TOLERANCE);
  }

  private static void near(
      String what, double given, double wanted, double largest, double tolerance) {
    assertThat(Math.abs(given - wanted) / largest).as(what).isLessThan(tolerance);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
