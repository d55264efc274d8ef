package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.drawn.DrawnImages;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.transfer.FeatureExtractor;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Of weights that are no numbers nothing is concluded. */
class NotFiniteTest {

  private static final Vgg NET =
      Vgg.of(Configuration.A).classes(3).width(1 / 4.0).input(32).build();

  @TempDir Path folder;

  private Images photos() {
    return DrawnImages.noise(folder, 1, 40, 40, 40, 40, 40, 40);
  }

  /** One weight of a layer is another number. */
  private static Checkpoint with(String array, float number) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Parameters drawn = Parameters.initial(NET, 1);
    for (String name : drawn.names()) {
      Tensor tensor = drawn.get(name);
      if (name.equals(array)) {
        float[] values = tensor.toArray();
        values[values.length / 2] = number;
        tensor = Tensor.of(tensor.sizes(), values);
      }
      tensors.put(name, tensor);
    }
    return Checkpoint.of(
        Parameters.of(NET, tensors),
        List.of("a", "b", "c"),
        Preprocessing.caffe(),
        Provenance.unknown());
  }

  @ParameterizedTest
  @CsvSource({
    "conv1_1.weight, NaN, conv1_1",
    "conv4_2.bias, NaN, conv4_2",
    "fc7.weight, Infinity, fc7",
    "fc8.bias, NaN, fc8"
  })
  void aTestNamesTheImageAndTheLayer(String array, float number, String layer) {
    Checkpoint broken = with(array, number);
    Images photos = photos();
    for (EvaluationBuilder test :
        List.of(
            Evaluation.of(broken, photos).quiet().centerCrop().scales(32),
            Evaluation.of(broken, photos).quiet().dense().scales(40))) {
      assertThatThrownBy(test::run)
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll(
              "fc8 of VGG A", photos.file(0).toString(), "such a value is " + layer + ":");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST", "EXACT", "DJL"})
  void soDoesEachArithmetic(Arithmetic arithmetic) {
    EvaluationBuilder test =
        Evaluation.of(with("conv3_1.weight", Float.NaN), photos()).quiet().scales(40);
    assertThatThrownBy(test.arithmetic(arithmetic)::run)
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("such a value is conv3_1:");
  }

  @Test
  void featuresBeforeTheLayerAreOfUse() {
    FeatureExtractor extractor =
        FeatureExtractor.of(with("conv5_1.weight", Float.NaN)).scales(32).quiet();
    assertThat(extractor.layer("pool4").run(photos()).size()).isEqualTo(3);
    assertThatThrownBy(() -> extractor.layer("pool5").run(photos()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("pool5", "such a value is conv5_1:");
  }
}
