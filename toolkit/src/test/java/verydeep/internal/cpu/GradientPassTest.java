package verydeep.internal.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.internal.passes.Activations;
import verydeep.network.ImageTooSmallException;
import verydeep.network.Parameters;

/** Gradients with respect to the input and to layers, against PyTorch in 64 bits. */
class GradientPassTest {

  private static final double TOLERANCE = 1e-4;
  private static final Goldens GOLDEN = Goldens.of("input_gradients");

  static final List<String> CASES = List.of(GOLDEN.metadata("cases").split(" ", -1));

  /** A golden case: a net, images of some size, and layers. */
  private record Case(String name) {

    Parameters parameters() {
      return Goldens.of(GOLDEN.metadata(name + "/net")).parameters("weight");
    }

    Set<String> layers() {
      return new LinkedHashSet<>(Arrays.asList(GOLDEN.metadata(name + "/layers").split(" ", -1)));
    }

    String last() {
      List<String> layers = List.copyOf(layers());
      return GOLDEN.metadata(name + "/layers").split(" ", -1)[layers.size() - 1];
    }

    Map<String, Activations> forward(GradientPass pass) {
      List<Integer> sizes = GOLDEN.sizes(name + "/input");
      float[] input = GOLDEN.floats(name + "/input");
      return pass.forward(input, sizes.get(0), sizes.get(2), sizes.get(3), layers());
    }

    /** The layers, and the input. */
    Set<String> wanted() {
      Set<String> wanted = layers();
      wanted.add(GradientPass.INPUT);
      return wanted;
    }
  }

  /** The numbers that the script gives as the loss's gradient. */
  private static float[] drawn(int size) {
    float[] seed = new float[size];
    for (int i = 0; i < size; i++) {
      seed[i] = (i * (i + 3L) % 23 - 11) / 8f;
    }
    return seed;
  }

  private static Map<String, float[]> seeds(Map<String, Activations> activations) {
    Map<String, float[]> seeds = new LinkedHashMap<>();
    activations.forEach((layer, maps) -> seeds.put(layer, drawn(maps.values().length)));
    return seeds;
  }

  private static void assertClose(float[] given, String name) {
    float[] golden = GOLDEN.floats(name);
    int step = golden.length == given.length ? 1 : Integer.parseInt(GOLDEN.metadata("step"));
    float[] stored = new float[(given.length + step - 1) / step];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = given[i * step];
    }
    assertThat(Goldens.relativeDifference(stored, golden)).as(name).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void gradientsEqualPyTorchs(String name) {
    Case given = new Case(name);
    for (Kernels kernels : Kernels.values()) {
      try (GradientPass pass = kernels.gradients(given.parameters())) {
        Map<String, Activations> activations = given.forward(pass);
        activations.forEach(
            (layer, maps) -> assertClose(maps.values(), name + "/activation/" + layer));
        Map<String, float[]> seeds = seeds(activations);
        pass.backward(seeds, given.wanted())
            .forEach((layer, gradient) -> assertClose(gradient, name + "/all/" + layer));
        Map<String, float[]> top = Map.of(given.last(), seeds.get(given.last()));
        pass.backward(top, given.wanted())
            .forEach((layer, gradient) -> assertClose(gradient, name + "/top/" + layer));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void bitsDependNeitherOnThreadsNorOnTheBatch(String name) {
    Case given = new Case(name);
    Map<String, float[]> expected = null;
    for (int threads : new int[] {1, 2, 3, 8}) {
      try (GradientPass pass =
          new GradientPass(given.parameters(), Winograd.FOUR, new Team(threads))) {
        Map<String, float[]> found = pass.backward(seeds(given.forward(pass)), given.wanted());
        if (expected == null) {
          expected = found;
        } else {
          assertSameBits(found, expected);
        }
      }
    }
    List<Integer> sizes = GOLDEN.sizes(name + "/input");
    int images = sizes.get(0);
    float[] input = GOLDEN.floats(name + "/input");
    int size = input.length / images;
    try (GradientPass pass = Kernels.FAST.gradients(given.parameters())) {
      Map<String, float[]> seeds = seeds(given.forward(pass));
      for (int i = 0; i < images; i++) {
        float[] one = Arrays.copyOfRange(input, i * size, (i + 1) * size);
        pass.forward(one, 1, sizes.get(2), sizes.get(3), given.layers());
        assertSameBits(
            pass.backward(part(seeds, i, images), given.wanted()), part(expected, i, images));
      }
    }
  }

  private static Map<String, float[]> part(Map<String, float[]> whole, int image, int images) {
    Map<String, float[]> part = new LinkedHashMap<>();
    whole.forEach(
        (layer, numbers) -> {
          int size = numbers.length / images;
          part.put(layer, Arrays.copyOfRange(numbers, image * size, (image + 1) * size));
        });
    return part;
  }

  private static void assertSameBits(Map<String, float[]> given, Map<String, float[]> expected) {
    assertThat(given.keySet()).isEqualTo(expected.keySet());
    expected.forEach((layer, numbers) -> assertThat(given.get(layer)).as(layer).isEqualTo(numbers));
  }

  @Test
  void whatNoSeedReachesIsZero() {
    Case given = new Case("C_style");
    try (GradientPass pass = Kernels.FAST.gradients(given.parameters())) {
      Map<String, float[]> seeds = seeds(given.forward(pass));
      Map<String, float[]> found =
          pass.backward(Map.of("conv2_1", seeds.get("conv2_1")), given.wanted());
      assertThat(Goldens.largest(found.get("conv3_1"))).isZero();
      assertThat(found.get("conv2_1")).isEqualTo(seeds.get("conv2_1"));
      assertThat(Goldens.largest(found.get(GradientPass.INPUT))).isPositive();
      assertThat(pass.backward(Map.of(), Set.of("conv1_1")).get("conv1_1")).containsOnly(0);
    }
  }

  /** A smaller batch after a larger one reads nothing of the larger one. */
  @Test
  void aPassServesBatchesOfAllSizes() {
    Case large = new Case("C_dense");
    Case small = new Case("C_style");
    try (GradientPass pass = Kernels.FAST.gradients(large.parameters());
        GradientPass fresh = Kernels.FAST.gradients(large.parameters())) {
      pass.backward(seeds(large.forward(pass)), large.wanted());
      assertSameBits(
          pass.backward(seeds(small.forward(pass)), small.wanted()),
          fresh.backward(seeds(small.forward(fresh)), small.wanted()));
    }
  }

  /** Images smaller than the window of fc6 suffice for layers below it. */
  @Test
  void imagesAreAsLargeAsTheLayersNeed() {
    Parameters parameters = new Case("C_style").parameters();
    try (GradientPass pass = Kernels.EXACT.gradients(parameters)) {
      pass.forward(new float[3 * 16 * 16], 1, 16, 16, Set.of("conv5_1"));
      assertThatThrownBy(() -> pass.forward(new float[3 * 16 * 16], 1, 16, 16, Set.of("pool5")))
          .isInstanceOf(ImageTooSmallException.class)
          .hasMessageContaining("needs 32 pixels");
      assertThatThrownBy(() -> pass.forward(new float[3 * 63 * 64], 1, 63, 64, Set.of("fc6")))
          .isInstanceOf(ImageTooSmallException.class)
          .hasMessageContaining("needs 64 pixels");
    }
  }

  @Test
  void wrongCallsSayWhatIsWrong() {
    GradientPass pass = Kernels.FAST.gradients(new Case("C_style").parameters());
    assertThatThrownBy(() -> pass.backward(Map.of(), Set.of("conv1_1")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("layer conv1_1");
    assertThatThrownBy(() -> pass.forward(new float[7], 1, 16, 16, Set.of("conv1_1")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("768 numbers; 7 numbers were given");
    pass.forward(new float[768], 1, 16, 16, Set.of("conv1_1"));
    assertThatThrownBy(() -> pass.backward(Map.of("conv1_1", new float[5]), Set.of()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("has 5 numbers, and its activations have 512");
    pass.close();
    pass.close();
    assertThatThrownBy(() -> pass.backward(Map.of(), Set.of()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("is closed");
  }
}
