package verydeep.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import verydeep.ForkedJvm;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.onednn.OneDnn;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Configuration;
import verydeep.network.Layer;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/** {@link Arithmetic#BF16} against PyTorch and the other arithmetics. */
class BfloatTest {

  /**
   * Of the largest number, for scores of nets of a quarter of the width, 16 layers deep: twice what
   * one processor showed, since others sum in another order.
   */
  private static final double TOLERANCE = 4e-2;

  /**
   * For nets of so few channels that roundings hardly cancel, the deepest with 19 layers: twice as
   * much, too.
   */
  private static final double NARROW = 0.25;

  static final List<String> NETWORKS = Goldens.NETWORKS;

  @BeforeAll
  static void needsOneDnnAndItsProcessor() {
    assumeTrue(OneDnn.missing().isEmpty(), OneDnn.missing());
  }

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void scoresAndDenseScoresArePyTorchsUpToEightBits(String name) {
    Goldens golden = Goldens.of(name);
    try (ForwardPass pass = Arithmetics.load(Arithmetic.BF16, golden.parameters("weight"))) {
      Activations scores = pass.run(golden.buffer("input"), 3, 64, 64);
      assertThat(Goldens.relativeDifference(scores.values(), golden.floats("logits")))
          .isLessThan(NARROW);
      Activations dense = pass.run(golden.buffer("dense_input"), 1, 96, 128);
      assertThat(Goldens.relativeDifference(dense.values(), golden.floats("dense_scores")))
          .isLessThan(NARROW);
    }
  }

  /** All at once and one by one, since layers that no one asks for are computed together. */
  @ParameterizedTest
  @FieldSource("NETWORKS")
  void eachLayerIsDjlsUpToEightBits(String name) {
    Goldens golden = Goldens.of(name);
    List<String> layers = golden.network().layers().stream().map(Layer::name).toList();
    try (ForwardPass pass = Arithmetics.load(Arithmetic.BF16, golden.parameters("weight"));
        ForwardPass djl = Arithmetics.load(Arithmetic.DJL, golden.parameters("weight"))) {
      List<Activations> wanted = djl.run(golden.buffer("input"), 3, 64, 64, layers);
      List<Activations> given = pass.run(golden.buffer("input"), 3, 64, 64, layers);
      for (int i = 0; i < layers.size(); i++) {
        assertThat(given.get(i).shape()).isEqualTo(wanted.get(i).shape());
        assertThat(Goldens.relativeDifference(given.get(i).values(), wanted.get(i).values()))
            .as(layers.get(i))
            .isLessThan(NARROW);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 64, 64", "2, 64, 65", "5, 70, 64", "1, 101, 77", "3, 64, 128", "1, 64, 64"})
  void batchesOfAnySizeAreComputedInAnyOrder(int images, int height, int width) {
    Vgg network = Vgg.of(Configuration.D).width(0.25).input(64).classes(7).build();
    Parameters parameters = Parameters.initial(network, 5);
    FloatBuffer pixels = pixels(images, height, width);
    try (ForwardPass pass = Arithmetics.load(Arithmetic.BF16, parameters);
        ForwardPass djl = Arithmetics.load(Arithmetic.DJL, parameters)) {
      for (int sizes = 0; sizes < 3; sizes++) {
        pass.run(pixels(1, 64 + 9 * sizes, 96), 1, 64 + 9 * sizes, 96);
        float[] given = pass.run(pixels, images, height, width).values();
        float[] wanted = djl.run(pixels, images, height, width).values();
        assertThat(Goldens.relativeDifference(given, wanted)).isLessThan(TOLERANCE);
      }
    }
  }

  private static FloatBuffer pixels(int images, int height, int width) {
    float[] numbers = new float[3 * images * height * width];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i * 7919L + i / 97 * 31L) % 256 - 120;
    }
    return FloatBuffer.wrap(numbers);
  }

  @Test
  void anImageWithNanIsAnsweredWithNanAndTheOthersAreNot() {
    Goldens golden = Goldens.of("D");
    try (ForwardPass pass = Arithmetics.load(Arithmetic.BF16, golden.parameters("weight"))) {
      float[] whole = pass.run(golden.buffer("input"), 3, 64, 64).values();
      float[] pixels = golden.floats("input");
      pixels[3 * 64 * 64 + 100] = Float.NaN;
      float[] given = pass.run(FloatBuffer.wrap(pixels), 3, 64, 64).values();
      assertThat(Arrays.copyOfRange(given, 5, 10)).containsOnly(Float.NaN);
      assertThat(Arrays.copyOfRange(given, 0, 5)).isEqualTo(Arrays.copyOfRange(whole, 0, 5));
      assertThat(Arrays.copyOfRange(given, 10, 15)).isEqualTo(Arrays.copyOfRange(whole, 10, 15));
    }
  }

  @Test
  void weightsThatAreNotFiniteAreRejected() {
    Parameters good = Goldens.of("A").parameters("weight");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    good.names().forEach(name -> tensors.put(name, good.get(name)));
    float[] bias = good.get("fc7.bias").toArray();
    bias[1] = Float.POSITIVE_INFINITY;
    tensors.put("fc7.bias", Tensor.of(List.of(bias.length), bias));
    Parameters bad = Parameters.of(good.network(), tensors);
    assertThatThrownBy(() -> Arithmetics.load(Arithmetic.BF16, bad))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("fc7")
        .hasMessageContaining("finite");
  }

  @Test
  void anInterruptEndsAPassAndTheNextOneIsWhole() {
    Goldens golden = Goldens.of("D");
    try (ForwardPass pass = Arithmetics.load(Arithmetic.BF16, golden.parameters("weight"))) {
      float[] whole = pass.run(golden.buffer("input"), 3, 64, 64).values();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pass.run(golden.buffer("input"), 3, 64, 64))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(pass.run(golden.buffer("input"), 3, 64, 64).values()).isEqualTo(whole);
    }
  }

  @Test
  void passesOfSeveralThreadsDoNotDisturbEachOther() throws Exception {
    Goldens golden = Goldens.of("D");
    Parameters parameters = golden.parameters("weight");
    List<float[]> found = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread thread =
          new Thread(
              () -> {
                try (ForwardPass pass = Arithmetics.load(Arithmetic.BF16, parameters)) {
                  for (int k = 0; k < 5; k++) {
                    float[] scores = pass.run(golden.buffer("input"), 3, 64, 64).values();
                    synchronized (found) {
                      found.add(scores);
                    }
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(found).hasSize(15).allSatisfy(each -> assertThat(each).isEqualTo(found.get(0)));
  }

  @Test
  void memoryIsReleased(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "needs Linux's /proc");
    Path output = folder.resolve("output");
    Process process = ForkedJvm.startFlat(BfloatMemory.class, output, 20, 40);
    boolean ended = process.waitFor(240, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertThat(ended).as(text).isTrue();
    Matcher report = Pattern.compile("memory (\\d+) (\\d+)").matcher(text);
    assertThat(report.find()).as(text).isTrue();
    long grown = Long.parseLong(report.group(2)) - Long.parseLong(report.group(1));
    // each of the 40 passes has 20 MB of weights and maps
    assertThat(grown / 1024).as("MB").isLessThan(150);
  }

  @Test
  void aClosedPassIsRefused() {
    Goldens golden = Goldens.of("A");
    ForwardPass pass = Arithmetics.load(Arithmetic.BF16, golden.parameters("weight"));
    pass.close();
    pass.close();
    assertThat(pass.bytes()).isZero();
    assertThatThrownBy(() -> pass.run(golden.buffer("input"), 3, 64, 64))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void itIsNeverChosenAndDoesNotTrain() {
    Vgg network = Vgg.of(Configuration.A).width(0.25).input(64).classes(5).build();
    Parameters parameters = Parameters.initial(network, 1);
    assertThat(Arithmetics.forAnyWork(parameters)).isNotEqualTo(Arithmetic.BF16);
    assertThat(Arithmetics.whyNotTrain(Arithmetic.BF16, network)).contains("FAST, EXACT or DJL");
    assertThatThrownBy(() -> Arithmetics.gradients(Arithmetic.BF16, parameters))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("no gradients");
  }
}
