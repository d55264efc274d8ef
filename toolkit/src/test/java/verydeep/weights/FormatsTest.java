package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.internal.files.Safetensors;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Tensor;

/** Files that the real tools wrote are recognized, and score as they do in PyTorch. */
class FormatsTest {

  private static final double TOLERANCE = 1e-4;

  /** A channel order or a mean that is wrong moves the scores by this, says the golden's script. */
  private static final double WRONG = 0.04;

  static Stream<Arguments> files() {
    List<Arguments> files = new ArrayList<>();
    for (String net : List.of("A", "A_LRN", "B", "C", "D", "E")) {
      for (String kind : List.of("zip.pth", "legacy.pth", "safetensors")) {
        files.add(Arguments.of(net, kind, "torchvision"));
      }
      files.add(Arguments.of(net, "v1.caffemodel", "caffe"));
      files.add(Arguments.of(net, "v2.caffemodel", "caffe"));
      if (!net.equals("A_LRN")) {
        files.add(Arguments.of(net, "h5", "caffe"));
      }
    }
    for (String net : List.of("A", "B", "D", "E")) {
      files.add(Arguments.of(net, "timm.safetensors", "torchvision"));
      files.add(Arguments.of(net + "_bn", "timm.safetensors", "torchvision"));
      files.add(Arguments.of(net + "_bn", "zip.pth", "torchvision"));
    }
    for (String kind :
        List.of(
            "double.caffemodel", "unpacked.caffemodel", "model.h5", "keras1.h5", "weights.h5")) {
      files.add(Arguments.of("A", kind, "caffe"));
    }
    for (String kind : List.of("2017.pth", "training.pth", "half.pth")) {
      files.add(Arguments.of("A", kind, "torchvision"));
    }
    return files.stream();
  }

  @ParameterizedTest(name = "{0}.{1}")
  @MethodSource("files")
  void scoresAreThoseOfPyTorch(String net, String kind, String input) {
    Checkpoint read = Checkpoint.read(FormatGoldens.file(net + "." + kind));
    assertThat(read.network().configuration())
        .isEqualTo(Configuration.valueOf(net.replace("_bn", "")));
    assertThat(read.network().batchNorm()).isEqualTo(net.endsWith("_bn"));
    assertThat(read.network().width()).isEqualTo(1.0 / 64);
    assertThat(read.network().input()).isEqualTo(64);
    assertThat(read.classNames()).hasSize(5).doesNotHaveDuplicates();
    float[] wanted = FormatGoldens.logits(input, net);
    assertThat(Goldens.difference(FormatGoldens.logits(read), wanted)).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A.v1.caffemodel", "A.h5", "A.zip.pth", "D.timm.safetensors"})
  void swappedChannelsOrAMissingMeanWouldBeSeen(String file) {
    Checkpoint read = Checkpoint.read(FormatGoldens.file(file));
    Preprocessing right = read.preprocessing();
    Preprocessing.ChannelOrder other =
        right.order() == Preprocessing.ChannelOrder.RGB
            ? Preprocessing.ChannelOrder.BGR
            : Preprocessing.ChannelOrder.RGB;
    float[] wanted = FormatGoldens.logits(read);
    var swapped = new Preprocessing(other, right.scale(), right.mean(), right.deviation());
    var meanless = new Preprocessing(right.order(), right.scale(), Rgb.ZERO, right.deviation());
    for (Preprocessing wrong : List.of(swapped, meanless)) {
      assertThat(Goldens.difference(FormatGoldens.logits(read, wrong), wanted))
          .isGreaterThan(WRONG);
    }
  }

  @Test
  void originDecidesThePreprocessingAndTheProvenanceSaysSo() {
    Checkpoint caffe = Checkpoint.read(FormatGoldens.file("A.v1.caffemodel"));
    assertThat(caffe.preprocessing()).isEqualTo(Preprocessing.caffe());
    assertThat(caffe.provenance().facts())
        .containsEntry("format", "a Caffe model")
        .containsEntry("file's net", "VGG_A");
    assertThat(caffe.toString()).contains("could be A-LRN too", "authors' names", "assumed");
    Checkpoint torch = Checkpoint.read(FormatGoldens.file("D_bn.zip.pth"));
    assertThat(torch.preprocessing()).isEqualTo(Preprocessing.torchvision());
    assertThat(torch.toString()).contains("D with BN", "torchvision's names", "PyTorch file (zip)");
  }

  @Test
  void fileOfConvolutionsIsAFeatureNetwork() {
    Checkpoint features = Checkpoint.read(FormatGoldens.file("A.features.pth"));
    assertThat(features.network().convolutionsOnly()).isTrue();
    assertThat(features.classNames()).isEmpty();
    Parameters whole = Checkpoint.read(FormatGoldens.file("A.zip.pth")).parameters();
    for (String name : features.parameters().names()) {
      assertThat(features.parameters().get(name).toArray()).isEqualTo(whole.get(name).toArray());
    }
  }

  @Test
  void filtersOfTheAuthorsAreRecognizedUnderOtherNamesAndTurned(@TempDir Path folder) {
    Checkpoint shipped =
        Checkpoint.read("../datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
    Map<String, Tensor> torch = torchvisionNames(shipped.parameters());
    Path file = folder.resolve("converted.safetensors");
    new Safetensors(Map.of("format", "pt"), torch).write(file);
    Checkpoint converted = Checkpoint.read(file);
    assertThat(converted.preprocessing()).isEqualTo(Preprocessing.caffe());
    assertThat(converted.toString()).contains("whose filters are the authors'");

    torch.put("features.0.weight", turned(torch.get("features.0.weight")));
    new Safetensors(Map.of("format", "pt"), torch).write(file);
    assertThat(Checkpoint.read(file).preprocessing())
        .isEqualTo(Preprocessing.paper(new Rgb(123.68, 116.779, 103.939)));
  }

  private static Map<String, Tensor> torchvisionNames(Parameters parameters) {
    int[] positions = {0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28};
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (String name : parameters.names()) {
      String role = name.substring(name.indexOf('.'));
      named.put("features." + positions[named.size() / 2] + role, parameters.get(name));
    }
    return named;
  }

  /** A 3x3 kernel's first and third input exchanged. */
  private static Tensor turned(Tensor kernel) {
    float[] values = kernel.toArray();
    for (int i = 0; i < values.length; i++) {
      if (i / 9 % 3 == 0) {
        float other = values[i + 18];
        values[i + 18] = values[i];
        values[i] = other;
      }
    }
    return Tensor.of(kernel.sizes(), values);
  }

  @Test
  void whatIsReadCanBeWrittenAndReadAgain(@TempDir Path folder) {
    Checkpoint keras = Checkpoint.read(FormatGoldens.file("D.h5"));
    Checkpoint again = Checkpoint.read(keras.write(folder.resolve("d.safetensors")));
    assertThat(again.network()).isEqualTo(keras.network());
    assertThat(again.provenance()).isEqualTo(keras.provenance());
    assertThat(FormatGoldens.logits(again)).isEqualTo(FormatGoldens.logits(keras));
  }

  @Test
  void namesAndPreprocessingCanBeSaid() {
    List<String> names = List.of("a", "b", "c", "d", "e");
    Checkpoint read =
        Checkpoint.read(FormatGoldens.file("A.zip.pth"))
            .withClassNames(names)
            .withPreprocessing(Preprocessing.caffe());
    assertThat(read.classNames()).isEqualTo(names);
    assertThat(read.preprocessing()).isEqualTo(Preprocessing.caffe());
  }

  @Test
  void extensionDoesNotMatter(@TempDir Path folder) throws IOException {
    Path named = folder.resolve("weights.safetensors");
    Files.copy(FormatGoldens.file("A.h5"), named);
    assertThat(Checkpoint.read(named).provenance().facts())
        .containsEntry("format", "a Keras file (HDF5)");
  }
}
