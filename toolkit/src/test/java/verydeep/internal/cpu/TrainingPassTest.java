package verydeep.internal.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import verydeep.Goldens;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** Whole networks in training: against PyTorch in 64 bits, and against themselves to the bit. */
class TrainingPassTest {

  private static final double TOLERANCE = 1e-4;

  /** No ReLU and no maximum of these is decided by rounding. */
  static final List<String> NETWORKS =
      List.of("A", "A_LRN", "B", "C", "D", "E", "B_5X5", "A_bn", "B_bn", "D_bn", "E_bn");

  /** The images together, over which batch normalization takes its statistics. */
  private static int together(String name, int images) {
    return name.endsWith("_bn") ? 3 : images;
  }

  /** A bias before a batch normalization has gradient 0, and another after the rounding. */
  static boolean isNormalized(Vgg network, ParameterShape shape) {
    return network.batchNorm() && shape.layer().startsWith("conv") && shape.role().equals("bias");
  }

  private static final TrainingPass.Masks NONE = (layer, image) -> new float[0];

  private static Set<String> all(Parameters parameters) {
    return parameters.network().parameterShapes().stream()
        .filter(ParameterShape::learned)
        .map(ParameterShape::name)
        .collect(Collectors.toSet());
  }

  private static void gradients(TrainingPass pass, Goldens golden, int microBatch) {
    int[] labels = golden.integers("labels");
    pass.gradients(golden.buffer("input"), new int[] {3}, microBatch, NONE, softmax(labels));
  }

  /** The gradient of the mean cross-entropy. */
  static TrainingPass.Loss softmax(int[] labels) {
    return (outputs, from, to, gradient) -> {
      int classes = outputs.length / (to - from);
      for (int i = from; i < to; i++) {
        int at = (i - from) * classes;
        double sum = 0;
        for (int k = 0; k < classes; k++) {
          sum += Math.exp(outputs[at + k]);
        }
        for (int k = 0; k < classes; k++) {
          double p = Math.exp(outputs[at + k]) / sum;
          gradient[at + k] = (float) ((p - (k == labels[i] ? 1 : 0)) / labels.length);
        }
      }
    };
  }

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void gradientsEqualPyTorchs(String name) {
    Goldens golden = Goldens.of(name);
    Parameters parameters = golden.parameters("weight");
    for (Kernels kernels : Kernels.values()) {
      TrainingPass pass = kernels.train(parameters, all(parameters));
      gradients(pass, golden, together(name, 2));
      for (ParameterShape shape : pass.learned()) {
        String gradient = "gradient/" + shape.name();
        float[] given = pass.gradient(shape).toArray();
        double difference = Goldens.difference(given, golden.floats(gradient));
        double scale =
            isNormalized(parameters.network(), shape)
                ? golden.scale("gradient/" + shape.layer() + ".weight")
                : golden.scale(gradient);
        assertThat(difference / scale)
            .as("%s, gradient of %s", kernels, shape.name())
            .isLessThan(TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void threeStepsEndWithPyTorchsWeights(String name) {
    Goldens golden = Goldens.of(name);
    Parameters parameters = golden.parameters("weight");
    TrainingPass pass = Kernels.FAST.train(parameters, all(parameters));
    for (float rate : golden.floats("rates")) {
      gradients(pass, golden, 3);
      pass.step(0.9, shape -> rate, shape -> shape.decays() ? 5e-4 : 0);
    }
    Parameters after = pass.snapshot();
    for (String array : after.names()) {
      double difference =
          Goldens.difference(after.get(array).toArray(), golden.floats("after3/" + array));
      assertThat(difference / golden.scale("after3/" + array)).as(array).isLessThan(TOLERANCE);
    }
  }

  /** A batch of drawn images, two steps, and all that came of it. */
  private record Run(Vgg net, int images, Set<String> frozen) {

    Map<String, float[]> with(int threads, int microBatch) {
      Parameters initial = Parameters.initial(net, 3);
      Set<String> learned = all(initial);
      learned.removeAll(frozen);
      TrainingPass pass = new TrainingPass(initial, learned, Winograd.FOUR, new Team(threads));
      var random = new SplittableRandom(1);
      float[] pixels = new float[images * 3 * net.input() * net.input()];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) (60 * random.nextGaussian());
      }
      int[] labels = random.ints(images, 0, net.classes()).toArray();
      float[] masks = new float[images * net.units()];
      for (int i = 0; i < masks.length; i++) {
        masks[i] = random.nextBoolean() ? 2 : 0;
      }
      TrainingPass.Masks drop =
          (layer, image) ->
              Arrays.copyOfRange(masks, image * net.units(), (image + 1) * net.units());
      for (int step = 0; step < 2; step++) {
        pass.gradients(
            FloatBuffer.wrap(pixels), new int[] {images}, microBatch, drop, softmax(labels));
        pass.step(0.9, shape -> 1e-4, shape -> 5e-4);
      }
      Map<String, float[]> numbers = new LinkedHashMap<>();
      Parameters after = pass.snapshot();
      after.names().forEach(name -> numbers.put(name, after.get(name).toArray()));
      for (ParameterShape shape : pass.learned()) {
        numbers.put("gradient of " + shape.name(), pass.gradient(shape).toArray());
        numbers.put("velocity of " + shape.name(), pass.velocity(shape).toArray());
      }
      return numbers;
    }
  }

  private static void assertSameBits(Map<String, float[]> given, Map<String, float[]> expected) {
    assertThat(given.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, numbers) -> assertThat(given.get(name)).as(name).isEqualTo(numbers));
  }

  /** The sums of narrow layers have parts; those of the last ones run over several images. */
  @ParameterizedTest
  @CsvSource({"A, 0.25, 64", "C, 0.125, 96", "D, 0.11, 33", "A_LRN, 0.1, 40"})
  void bitsDependNeitherOnThreadsNorOnMicroBatches(
      Configuration configuration, double width, int side) {
    Vgg net = Vgg.of(configuration).width(width).input(side).classes(7).build();
    Run run = new Run(net, 10, Set.of());
    Map<String, float[]> expected = run.with(1, 10);
    assertThat(expected.values()).allSatisfy(n -> assertThat(Goldens.largest(n)).isPositive());
    for (int threads : new int[] {2, 3, 8}) {
      assertSameBits(run.with(threads, 10), expected);
    }
    for (int microBatch : new int[] {1, 4, 7}) {
      assertSameBits(run.with(2, microBatch), expected);
    }
  }

  /** The statistics are those of the images together, so only the threads are free. */
  @ParameterizedTest
  @CsvSource({"A, 0.25, 64, 10", "C, 0.125, 33, 4", "A_LRN, 0.1, 40, 1"})
  void bitsWithBatchNormalizationDoNotDependOnThreads(
      Configuration configuration, double width, int side, int microBatch) {
    Vgg net = Vgg.of(configuration).width(width).input(side).classes(7).batchNorm(true).build();
    Run run = new Run(net, 10, Set.of());
    Map<String, float[]> expected = run.with(1, microBatch);
    for (int threads : new int[] {2, 3, 8}) {
      assertSameBits(run.with(threads, microBatch), expected);
    }
    assertThat(run.with(2, 5).get("bn1_1.running_var"))
        .isNotEqualTo(expected.get("bn1_1.running_var"));
  }

  @Test
  void frozenLayersStayAndTheOthersLearnAsEver() {
    Vgg net = Vgg.of(Configuration.C).width(0.125).input(64).classes(3).build();
    Parameters initial = Parameters.initial(net, 3);
    Map<String, float[]> whole = new Run(net, 5, Set.of()).with(2, 5);
    for (String last : List.of("conv1_1", "conv3_2", "conv5_3", "fc6", "fc7")) {
      List<ParameterShape> shapes = net.parameterShapes();
      int end = shapes.stream().map(ParameterShape::layer).toList().lastIndexOf(last) + 1;
      Set<String> frozen =
          shapes.subList(0, end).stream().map(ParameterShape::name).collect(Collectors.toSet());
      Map<String, float[]> given = new Run(net, 5, frozen).with(2, 2);
      for (ParameterShape shape : shapes) {
        String name = shape.name();
        float[] before = initial.get(name).toArray();
        if (frozen.contains(name)) {
          assertThat(given.get(name)).as("%s, frozen through %s", name, last).isEqualTo(before);
          assertThat(given).doesNotContainKey("gradient of " + name);
        } else {
          assertThat(given.get(name)).as(name).isNotEqualTo(before);
        }
      }
    }
    assertThat(whole.get("conv1_1.weight")).isNotEqualTo(initial.get("conv1_1.weight").toArray());
  }

  /**
   * One step of a network whose lower layers are frozen is the whole network's in the others.
   * Frozen layers pool as they convolve: A the image, C by 1x1 kernels, which do not.
   */
  @ParameterizedTest
  @CsvSource({
    "A, FAST",
    "A, EXACT",
    "A_LRN, FAST",
    "C, FAST",
    "D, FAST",
    "D, EXACT",
    "B_5X5, FAST"
  })
  void gradientsAboveFrozenLayersAreThoseOfTheWholeNetwork(String name, Kernels kernels) {
    Goldens golden = Goldens.of(name);
    Parameters parameters = golden.parameters("weight");
    TrainingPass whole = kernels.train(parameters, all(parameters));
    gradients(whole, golden, 3);
    Set<String> some = Set.of("conv4_1.weight", "conv5_1.bias", "fc7.weight", "fc8.bias");
    TrainingPass part = kernels.train(parameters, some);
    gradients(part, golden, 1);
    assertThat(part.learned())
        .extracting(ParameterShape::name)
        .containsExactlyInAnyOrderElementsOf(some);
    for (ParameterShape shape : part.learned()) {
      assertThat(part.gradient(shape).toArray())
          .as(shape.name())
          .isEqualTo(whole.gradient(shape).toArray());
    }
  }

  /** What is counted per image is what the arrays grow by; some layers may be frozen. */
  @ParameterizedTest
  @CsvSource({
    "A_LRN, conv1_1",
    "C, conv1_1",
    "D, conv1_1",
    "D, conv3_2",
    "A_LRN, fc6",
    "D_bn, conv1_1",
    "D_bn, bn3_1"
  })
  void memoryIsThatOfTheArrays(String name, String first) {
    Goldens golden = Goldens.of(name);
    Parameters parameters = golden.parameters("weight");
    List<String> layers =
        parameters.network().parameterShapes().stream().map(ParameterShape::layer).toList();
    Set<String> learned =
        parameters.network().parameterShapes().stream()
            .filter(shape -> layers.indexOf(shape.layer()) >= layers.indexOf(first))
            .map(ParameterShape::name)
            .collect(Collectors.toSet());
    long[] held = new long[4];
    for (int images : new int[] {1, 2, 3}) {
      TrainingPass pass = Kernels.FAST.train(parameters, learned);
      gradients(pass, golden, images);
      held[images] = pass.heldBytes();
      if (images > 1) {
        assertThat(held[images] - held[images - 1]).isEqualTo(pass.imageBytes());
      }
    }
  }

  @Test
  void anImageOfDTakesAtMost65Megabytes() {
    assertThat(ChainMemory.imageBytes(Vgg.of(Configuration.D).build()))
        .isBetween(45_000_000L, 65_000_000L);
  }
}
