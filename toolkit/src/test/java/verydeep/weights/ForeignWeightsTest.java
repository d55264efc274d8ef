package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.FileException;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.files.Safetensors;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Configuration;
import verydeep.network.Tensor;

/**
 * One small net A in the many forms that weights have on people's disks, as the real tools wrote
 * them (foreign_weights_goldens.py): it gives PyTorch's numbers up to the last layer that is there.
 */
class ForeignWeightsTest {

  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @CsvSource({
    "compiled.safetensors, torchvision",
    "prefix.safetensors, torchvision",
    "parallel-features.pth, torchvision",
    "old-classifier.pth, torchvision",
    "sequence.pth, torchvision",
    "renamed-fc8.caffemodel, caffe",
    "surgery.caffemodel, caffe",
    "reference.pth, torchvision",
    "trainer.ckpt, torchvision",
    "module.pth, torchvision",
    "module.legacy.pth, torchvision",
    "script.pt, torchvision",
    "channels-last.pth, torchvision",
    "channels-last.legacy.pth, torchvision",
    "views.pth, torchvision",
    "model.safetensors.index.json, torchvision",
    "unnamed.keras, caffe",
    "frossard.npz, caffe",
    "compressed.npz, caffe",
    "scoped.npz, caffe",
    "torch-names.npz, torchvision",
    "converted.npy, caffe",
    "lists.npy, caffe",
    "python2.pkl, caffe",
    "exported.onnx, torchvision",
    "caffe2.onnx, caffe",
    "matconvnet.mat, matconvnet",
    "matconvnet.compressed.mat, matconvnet",
    "matconvnet.2014.mat, matconvnet"
  })
  void theWholeNetworkHasPyTorchsScores(String file, String input) {
    Checkpoint read = Checkpoint.read(file(file));
    assertThat(read.network().configuration()).isEqualTo(Configuration.A);
    assertThat(read.network().width()).isEqualTo(1.0 / 64);
    assertThat(read.network().input()).isEqualTo(64);
    assertThat(read.classNames()).containsExactly("class 0", "class 1", "class 2");
    assertThat(difference(read, input, "fc8")).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-fc8.pth", "deeper-fc8.pth"})
  void aNetworkWithoutFc8EndsWithFc7AndSaysSo(String file) {
    Checkpoint read = Checkpoint.read(file(file));
    assertThat(read.network().label()).endsWith("through fc7");
    assertThat(read.network().classes()).isZero();
    assertThat(read.network().convolutionsOnly()).isFalse();
    assertThat(read.classNames()).isEmpty();
    assertThat(read.provenance().facts().get("classifier")).startsWith("read up to fc7; ");
    assertThat(difference(read, "torchvision", "fc7")).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({
    "features-bare.pth, torchvision, -",
    "one-layer-head.pth, torchvision, classifier.weight",
    "other-head.pth, torchvision, classifier.1.bias",
    "nested.h5, caffe, dense_3.weight",
    "nested.keras, caffe, dense.weight"
  })
  void convolutionsWithAnotherHeadAreReadAloneAndSaySo(String file, String input, String left) {
    Checkpoint read = Checkpoint.read(file(file));
    assertThat(read.network().convolutionsOnly()).isTrue();
    assertThat(read.convolutions()).isSameAs(read);
    assertThat(left.equals("-") || read.toString().contains(left)).isTrue();
    assertThat(difference(read, input, "pool5")).isLessThan(TOLERANCE);
  }

  @Test
  void convolutionsOfAWholeNetworkCanBeHad() {
    Checkpoint convolutions = Checkpoint.read(file("sequence.pth")).convolutions();
    assertThat(convolutions.network().convolutionsOnly()).isTrue();
    assertThat(convolutions.classNames()).isEmpty();
    assertThat(convolutions.provenance().facts()).containsEntry("classifier", "left out");
    assertThat(difference(convolutions, "torchvision", "pool5")).isLessThan(TOLERANCE);
  }

  @Test
  void aNetworkThroughFc7IsWrittenAndReadAgainAndTakesANewFc8(@TempDir Path folder) {
    Checkpoint read = Checkpoint.read(file("no-fc8.pth"));
    Checkpoint again = Checkpoint.read(read.write(folder.resolve("fc7.safetensors")));
    assertThat(again.network()).isEqualTo(read.network());
    assertThat(difference(again, "torchvision", "fc7")).isLessThan(TOLERANCE);
    Checkpoint whole = again.withNewFc8(4);
    assertThat(whole.network().classes()).isEqualTo(4);
    assertThat(whole.parameters().get("fc7.bias").toArray())
        .isEqualTo(read.parameters().get("fc7.bias").toArray());
  }

  @Test
  void oneOfSeveralNetworksIsChosenByItsName() {
    Path file = file("average.pth");
    Checkpoint average = Checkpoint.read(file, "model_ema");
    assertThat(average.provenance().facts()).containsEntry("name in the file", "model_ema");
    assertThat(difference(average, "torchvision", "fc8")).isLessThan(TOLERANCE);
    Checkpoint last = Checkpoint.read(file.toString(), "model");
    assertThat(difference(last, "torchvision", "fc8")).isGreaterThan(0.1);
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContainingAll("holds 2 networks: \"model\", \"model_ema\"", "by its name");
    assertThatThrownBy(() -> Checkpoint.read(file, "ema"))
        .isInstanceOf(FileException.class)
        .hasMessageContainingAll("no network named \"ema\"", "\"model\", \"model_ema\"");
  }

  @Test
  void aCheckpointOfOurOwnHasNoNames(@TempDir Path folder) {
    Path file = Checkpoint.read(file("no-fc8.pth")).write(folder.resolve("own.safetensors"));
    assertThat(Checkpoint.read(file, "").network().classes()).isZero();
    assertThatThrownBy(() -> Checkpoint.read(file, "model"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("one network, which has no name");
  }

  @Test
  void whatElseAFileHoldsIsNamed() {
    assertThat(Checkpoint.read(file("reference.pth")).provenance().facts())
        .containsEntry("name in the file", "model")
        .hasEntrySatisfying(
            "not read", left -> assertThat(left).startsWith("optimizer.state.0.momentum_buffer"));
    assertThat(Checkpoint.read(file("trainer.ckpt")).provenance().facts())
        .containsEntry("name in the file", "state_dict.net");
  }

  @Test
  void matConvNetsInputIsRedGreenBlueMinusItsMean() {
    Preprocessing input = Checkpoint.read(file("matconvnet.mat")).preprocessing();
    assertThat(input).isEqualTo(AuthorsFilters.RGB.preprocessing());
  }

  @Test
  void partsThatAreMissingAreNamed(@TempDir Path folder) throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    Files.copy(file("model.safetensors.index.json"), index);
    String first = "model-00001-of-00002.safetensors";
    Files.copy(file(first), folder.resolve(first));
    assertThatThrownBy(() -> Checkpoint.read(index))
        .isInstanceOf(FileException.class)
        .hasMessageContainingAll("model-00002-of-00002.safetensors: The index names this file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.bin", "/etc/passwd", "a/b", "C:\\\\a", "..", ""})
  void anIndexLeadsToNoOtherFolder(String part, @TempDir Path folder) throws IOException {
    Path index = folder.resolve("index.json");
    Files.writeString(index, "{\"weight_map\": {\"features.0.weight\": \"" + part + "\"}}");
    assertThatThrownBy(() -> Checkpoint.read(index))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("which is not one beside it");
  }

  @Test
  void aDamagedIndexLoadsOrIsRefused(@TempDir Path folder) throws IOException {
    for (int part = 1; part <= 2; part++) {
      String name = "model-0000" + part + "-of-00002.safetensors";
      Files.copy(file(name), folder.resolve(name));
    }
    byte[] whole = Files.readAllBytes(file("model.safetensors.index.json"));
    SplittableRandom random = new SplittableRandom(20);
    int loaded = 0;
    for (int i = 0; i < 300; i++) {
      Mutation mutation = Hostile.any(random, Mutation.values());
      byte[] damaged = mutation.apply(whole.clone(), random.nextInt(whole.length), random);
      Path index = Files.write(folder.resolve("index.json"), damaged);
      try {
        Checkpoint.read(index);
        loaded++;
      } catch (FileException e) {
        assertThat(e).hasMessageContaining(folder.toString());
      }
    }
    assertThat(loaded).isBetween(5, 290);
  }

  @Test
  void aClassifierOverAMapThatIsNoSquareIsLeftOut(@TempDir Path folder) {
    Checkpoint whole = Checkpoint.read(file("compiled.safetensors"));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    whole.parameters().names().forEach(n -> tensors.put(n, whole.parameters().get(n)));
    tensors.put("fc6.weight", Tensor.of(List.of(4, 48), new float[4 * 48]));
    Path file = folder.resolve("oblong.safetensors");
    new Safetensors(Map.of(), tensors).write(file);
    Checkpoint read = Checkpoint.read(file);
    assertThat(read.network().convolutionsOnly()).isTrue();
    assertThat(read.provenance().facts().get("classifier")).contains("fc6.weight, fc6.bias");
  }

  @Test
  void aNetworkWithoutClassesIsNotAskedForThem() {
    Checkpoint read = Checkpoint.read(file("one-layer-head.pth"));
    assertThatThrownBy(() -> read.withClassNames(List.of("a", "b")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("0 classes");
  }

  private static Path file(String name) {
    return FormatGoldens.file("foreign/" + name);
  }

  /** The largest difference of the network's outputs to PyTorch's. */
  private static double difference(Checkpoint read, String input, String layer) {
    Goldens expected = Goldens.read(file("expected.safetensors"));
    RgbImage image = RgbImage.of(64, 64, expected.octets("picture"));
    FloatBuffer pixels = FloatBuffer.allocate(3 * 64 * 64);
    read.preprocessing().write(image, pixels);
    try (ForwardPass pass = DjlForwardPass.of(read.parameters())) {
      float[] values = pass.run(pixels.flip(), 1, 64, 64).values();
      return Goldens.difference(values, expected.floats(input + "/" + layer));
    }
  }
}
