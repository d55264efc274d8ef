package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;
import static verydeep.network.Configuration.A_LRN;
import static verydeep.network.Configuration.B;
import static verydeep.network.Configuration.B_5X5;
import static verydeep.network.Configuration.D;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.drawn.DrawnImages;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.network.VggBuilder;
import verydeep.weights.Checkpoint;

/** Where the initial weights come from (section 3.1). */
@Timeout(60)
class StartTest {

  @TempDir Path root;

  private static VggBuilder net(Configuration configuration) {
    return Vgg.of(configuration).classes(3).width(1 / 16.0).input(32);
  }

  private static List<String> taken(Parameters given, Parameters from) {
    return given.network().parameterShapes().stream()
        .filter(shape -> shape.role().equals("weight"))
        .map(ParameterShape::name)
        .filter(name -> from.names().contains(name))
        .filter(name -> given.get(name).values().equals(from.get(name).values()))
        .map(name -> name.replace(".weight", ""))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"B", "C", "D", "E", "A_LRN"})
  void deepNetsTakeFourConvolutionsAndTheClassifierOfA(Configuration configuration) {
    Checkpoint a = Starts.checkpoint(net(A).build(), 1);
    Vgg deep = net(configuration).build();
    Parameters start = Start.shallow(a).parameters(deep, 2);
    assertThat(taken(start, a.parameters()))
        .containsExactly("conv1_1", "conv2_1", "conv3_1", "conv3_2", "fc6", "fc7", "fc8");
    Parameters drawn = Parameters.initial(deep, 2);
    assertThat(taken(start, drawn))
        .hasSize(configuration.weightLayers() - 7)
        .doesNotContain("conv1_1", "fc8");
    assertThat(Start.shallow(a).preprocessing()).contains(a.preprocessing());
  }

  @Test
  void aNetOfAnotherWidthOrKernelCannotStartFromA() {
    Start start = Start.shallow(Starts.checkpoint(net(A).build(), 1));
    assertThatThrownBy(() -> start.parameters(net(D).width(1 / 8.0).build(), 2))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("D, width 0.125", "A, width 0.0625", "conv1_1.weight 8x3x3x3");
    assertThatThrownBy(() -> start.parameters(net(D).classes(4).build(), 2))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("fc8.weight 4x256", "fc8.weight 3x256");
    assertThatThrownBy(() -> start.parameters(net(B_5X5).build(), 2))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("B-5x5", "4x3x5x5", "3x3");
  }

  @Test
  void onlyNetAIsAShallowStart() {
    Checkpoint b = Starts.checkpoint(net(B).build(), 1);
    assertThatThrownBy(() -> Start.shallow(b))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("net A", "section 3.1", "this is B", "layersOf");
    Checkpoint convolutions = Starts.checkpoint(net(A).convolutionsOnly().build(), 1);
    assertThatThrownBy(() -> Start.shallow(convolutions)).isInstanceOf(VerydeepException.class);
    assertThat(Start.shallow(Starts.checkpoint(net(A_LRN).build(), 1)).toString())
        .isEqualTo(
            "first four convolutions and fully connected layers from VGG A-LRN, width 0.0625"
                + " (trained on nothing, seed 1)");
  }

  @Test
  void layersThatFitAreTakenAndTheOthersDrawn() {
    Checkpoint convolutions = Starts.checkpoint(net(D).convolutionsOnly().build(), 1);
    Vgg whole = net(D).units(20).build();
    Parameters start = Start.layersOf(convolutions).parameters(whole, 2);
    assertThat(taken(start, convolutions.parameters()))
        .hasSize(13)
        .allMatch(name -> name.startsWith("conv"));
    assertThat(taken(start, Parameters.initial(whole, 2))).containsExactly("fc6", "fc7", "fc8");

    Checkpoint same = Starts.checkpoint(net(D).build(), 3);
    assertThat(taken(Start.layersOf(same).parameters(net(D).build(), 2), same.parameters()))
        .hasSize(16);
    Checkpoint wide = Starts.checkpoint(net(D).width(1 / 8.0).classes(9).build(), 1);
    assertThatThrownBy(() -> Start.layersOf(wide).parameters(net(D).build(), 2))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("No layer", "D, width 0.0625", "D, width 0.125");
  }

  @Test
  void otherClassesReplaceFc8Alone() {
    Checkpoint ten = Starts.checkpoint(net(D).classes(10).build(), 1);
    Checkpoint four = ten.withNewFc8(4);
    assertThat(four.network().classes()).isEqualTo(4);
    assertThat(four.classNames()).containsExactly("1", "2", "3", "4");
    assertThat(taken(four.parameters(), ten.parameters())).hasSize(15).doesNotContain("fc8");
    assertThat(four.preprocessing()).isEqualTo(ten.preprocessing());
    assertThat(four.provenance().facts()).containsKey("fc8").containsEntry("seed", "1");
  }

  @Test
  void fineTuningGoesOnFromTheWeightsAndTheirPreprocessing() {
    Split<Images> shapes = DrawnImages.shapes(root, 4, 1).split(0.5, 1);
    Checkpoint start = Starts.checkpoint(net(A).classes(7).build(), 1).withNewFc8(3);
    Training run =
        Training.from(start, shapes)
            .freezeThrough("pool5")
            .rateMultiplier("fc8", 10)
            .recipe(Recipe.paper().batch(3).epochs(1).rate(1e-3))
            .quiet()
            .run();
    assertThat(taken(run.last().parameters(), start.parameters()))
        .containsExactly(
            "conv1_1", "conv2_1", "conv3_1", "conv3_2", "conv4_1", "conv4_2", "conv5_1", "conv5_2");
    assertThat(run.last().preprocessing()).isEqualTo(start.preprocessing());
    assertThat(run.last().classNames()).containsExactly("disc", "square", "triangle");
    assertThat(run.last().provenance().facts())
        .containsEntry("layers", "frozen through pool5, rate of fc8 times 10.0")
        .hasEntrySatisfying("first weights", w -> assertThat(w).startsWith("layers that fit from"));
  }
}
