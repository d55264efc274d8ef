package verydeep.internal.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.network.MapShape;

/**
 * Layers of drawn shapes against a literal direct convolution in 64 bits. The cases come from a
 * plain loop over seeds: a number names a case, and a library for properties would add only
 * shrinking.
 */
class ConvolutionTest {

  private static final Team THREE = new Team(3);
  private static final Team ONE = new Team(1);

  /** A layer, and what goes into it: channels first. */
  record Case(
      int seed,
      int kernel,
      int inputs,
      int outputs,
      int images,
      MapShape shape,
      int padding,
      boolean readsImage) {

    Case(int seed, int kernel, int inputs, int outputs, int images, MapShape shape, int padding) {
      this(seed, kernel, inputs, outputs, images, shape, padding, false);
    }

    static Case drawn(int seed) {
      var random = new SplittableRandom(seed);
      boolean connected = random.nextInt(4) == 0;
      int kernel =
          connected
              ? new int[] {1, 2, 3, 7}[random.nextInt(4)]
              : new int[] {1, 3, 3, 3, 5}[random.nextInt(5)];
      int least = connected ? kernel : 1;
      int inputs = 1 + random.nextInt(random.nextBoolean() ? 20 : 140);
      return new Case(
          seed,
          kernel,
          inputs,
          1 + random.nextInt(random.nextBoolean() ? 20 : 80),
          1 + random.nextInt(3),
          new MapShape(inputs, least + random.nextInt(13), least + random.nextInt(13)),
          connected ? 0 : (kernel - 1) / 2);
    }

    /** Draws a layer that reads the image. */
    static Case ofImages(int seed) {
      var random = new SplittableRandom(seed);
      int outputs = 1 + random.nextInt(100);
      int kernel = 3 + 2 * (seed % 2);
      var shape = new MapShape(3, 1 + random.nextInt(40), 1 + random.nextInt(40));
      int images = 1 + random.nextInt(3);
      return new Case(seed, kernel, 3, outputs, images, shape, kernel / 2, true);
    }

    float[] numbers(int count, double scale) {
      var random = new SplittableRandom(seed + 1000L * count);
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = (float) (random.nextGaussian() * scale);
      }
      return numbers;
    }

    float[] input() {
      return numbers(images * (int) shape.size(), 1);
    }

    float[] weights() {
      double fan = inputs * kernel * kernel;
      return numbers(outputs * inputs * kernel * kernel, Math.sqrt(2 / fan));
    }

    float[] bias() {
      return numbers(outputs, 0.5);
    }

    ConvolutionWeights prepared(float[] weights, Winograd form, Team team) {
      FloatBuffer buffer = FloatBuffer.wrap(weights);
      var source = new WeightSource("drawn", kernel, inputs, outputs, buffer, bias());
      return padding == 0 && kernel > 1
          ? ConvolutionWeights.fullyConnected(source, form, team)
          : ConvolutionWeights.convolution(source, form, readsImage, team);
    }

    MapShape output() {
      int lost = kernel - 1 - 2 * padding;
      return new MapShape(outputs, shape.height() - lost, shape.width() - lost);
    }

    /** The literal sum, and the ReLU. */
    float[] literal(float[] x, float[] weights) {
      MapShape out = output();
      float[] bias = bias();
      float[] y = new float[images * (int) out.size()];
      for (int i = 0; i < y.length; i++) {
        int column = i % out.width();
        int row = i / out.width() % out.height();
        int o = i / out.width() / out.height() % outputs;
        int image = i / (int) out.size();
        double sum = bias[o];
        for (int c = 0; c < inputs; c++) {
          for (int k = 0; k < kernel * kernel; k++) {
            int h = row + k / kernel - padding;
            int w = column + k % kernel - padding;
            if (h >= 0 && h < shape.height() && w >= 0 && w < shape.width()) {
              int at = ((image * inputs + c) * shape.height() + h) * shape.width() + w;
              sum += (double) x[at] * weights[(o * inputs + c) * kernel * kernel + k];
            }
          }
        }
        y[i] = (float) (sum < 0 ? 0 : sum);
      }
      return y;
    }

    float[] run(float[] x, float[] weights, Winograd form, boolean pool, Team team) {
      return run(x, images, weights, form, pool, team);
    }

    float[] run(float[] x, int images, float[] weights, Winograd form, boolean pool, Team team) {
      ConvolutionWeights prepared = prepared(weights, form, team);
      var step = new ConvolutionStep(prepared, true, pool && prepared.pools());
      Maps in = maps(images, shape, readsImage ? inputs : Maps.pixel(shape));
      for (int i = 0; i < x.length; i++) {
        int column = i % shape.width();
        int row = i / shape.width() % shape.height();
        int channel = i / shape.width() / shape.height() % inputs;
        int plane = channel / in.pixel();
        int at = in.at(i / (int) shape.size(), plane, row, column);
        in.data()[at + channel % in.pixel()] = x[i];
      }
      Maps out = maps(images, step.output(shape));
      Arrays.fill(out.data(), 7); // what was there before
      Workspace workspace = new Workspace(team.size());
      step.run(in, out, team, workspace);
      if (pool && !prepared.pools()) {
        Maps pooled = maps(images, new PoolingStep().output(out.shape()));
        new PoolingStep().run(out, pooled, team, workspace);
        out = pooled;
      }
      int size = (int) out.shape().size();
      float[] y = new float[images * size];
      for (int image = 0; image < images; image++) {
        out.copyTo(image, y, image * size);
      }
      return y;
    }

    private static Maps maps(int images, MapShape shape) {
      return maps(images, shape, Maps.pixel(shape));
    }

    private static Maps maps(int images, MapShape shape, int pixel) {
      int size = images * Maps.size(shape, pixel) + ImageKernel.PAST;
      return new Maps(new float[size], 0, images, shape, pixel);
    }
  }

  static Stream<Case> cases() {
    return Stream.concat(
        IntStream.range(0, 60).mapToObj(Case::drawn),
        IntStream.range(60, 100).mapToObj(Case::ofImages));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawnLayersAreTheLiteralConvolution(Case drawn) {
    float[] x = drawn.input();
    float[] weights = drawn.weights();
    float[] wanted = drawn.literal(x, weights);
    assertThat(error(drawn.run(x, weights, Winograd.FOUR, false, THREE), wanted)).isLessThan(1e-5);
    assertThat(error(drawn.run(x, weights, Winograd.TWO, false, THREE), wanted)).isLessThan(2e-6);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bitsDependNeitherOnThreadsNorOnTheBatchNorOnPooling(Case drawn) {
    float[] x = drawn.input();
    float[] weights = drawn.weights();
    float[] all = drawn.run(x, weights, Winograd.FOUR, false, THREE);
    assertThat(drawn.run(x, weights, Winograd.FOUR, false, ONE)).isEqualTo(all);
    int size = (int) drawn.shape().size();
    float[] first = Arrays.copyOf(x, size);
    float[] alone = drawn.run(first, 1, weights, Winograd.FOUR, false, ONE);
    assertThat(alone).isEqualTo(Arrays.copyOf(all, alone.length));
    MapShape out = drawn.output();
    if (out.height() > 1 && out.width() > 1) {
      float[] pooled = drawn.run(x, weights, Winograd.FOUR, true, THREE);
      assertThat(pooled).isEqualTo(pooled(all, out, drawn.images()));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f})
  void nonFiniteNumbersPassAsInADirectConvolutionWithoutAffectingOtherImages(float odd) {
    Case layer = new Case(1, 3, 32, 20, 2, new MapShape(32, 11, 13), 1);
    float[] x = layer.input();
    float[] weights = layer.weights();
    float[] before = layer.run(x, weights, Winograd.FOUR, false, THREE);
    x[5 * 13 + 6] = odd;
    float[] wanted = layer.literal(x, weights);
    float[] given = layer.run(x, weights, Winograd.FOUR, false, THREE);
    for (int i = 0; i < given.length / 2; i++) {
      if (Float.isFinite(wanted[i]) && Math.abs(wanted[i]) < 1e30) {
        assertThat(given[i]).isCloseTo(wanted[i], Offset.offset(1e-4f));
      } else if (!Float.isFinite(wanted[i])) {
        assertThat(Float.valueOf(given[i])).isEqualTo(Float.valueOf(wanted[i]));
      }
    }
    int half = given.length / 2;
    assertThat(Arrays.copyOfRange(given, half, 2 * half))
        .isEqualTo(Arrays.copyOfRange(before, half, 2 * half));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f})
  void numbersOfAnImageThatAreNotFinitePassThePooling(float odd) {
    Case layer = new Case(2, 3, 3, 20, 2, new MapShape(3, 11, 13), 1, true);
    float[] x = layer.input();
    x[5 * 13 + 6] = odd;
    float[] weights = layer.weights();
    float[] all = layer.run(x, weights, Winograd.FOUR, false, THREE);
    float[] pooled = layer.run(x, weights, Winograd.FOUR, true, THREE);
    assertThat(pooled).isEqualTo(pooled(all, layer.output(), 2));
  }

  /** Width and height around those of which F(2x2, 7x7) is worth it, and odd ones. */
  @ParameterizedTest
  @CsvSource({"7, 7", "7, 9", "8, 8", "8, 10", "9, 12", "11, 7", "16, 21", "10, 9"})
  void theWindowOfFc6OverMapsOfAllSizesIsTheLiteralConvolution(int height, int width) {
    Case fc6 = new Case(height, 7, 40, 70, 2, new MapShape(40, height, width), 0);
    float[] x = fc6.input();
    float[] weights = fc6.weights();
    float[] wanted = fc6.literal(x, weights);
    float[] given = fc6.run(x, weights, Winograd.FOUR, false, THREE);
    assertThat(error(given, wanted)).isLessThan(1e-5);
    float[] exact = fc6.run(x, weights, Winograd.TWO, false, THREE);
    assertThat(error(exact, wanted)).isLessThan(2e-6);
    boolean seven = Math.min(height, width) > 7;
    assertThat(Arrays.equals(given, exact)).as("by F(2x2, 7x7)").isNotEqualTo(seven);
    float[] first = Arrays.copyOf(x, x.length / 2);
    float[] alone = fc6.run(first, 1, weights, Winograd.FOUR, false, ONE);
    assertThat(alone).isEqualTo(Arrays.copyOf(given, alone.length));
  }

  /** Both sides even, odd, and smaller than a kernel. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "4, 4", "5, 6", "7, 12", "13, 9"})
  void kernelsOf5x5OverMapsOfAllSizesAreTheLiteralConvolution(int height, int width) {
    Case five = new Case(height, 5, 40, 70, 2, new MapShape(40, height, width), 2);
    float[] x = five.input();
    float[] weights = five.weights();
    float[] wanted = five.literal(x, weights);
    float[] given = five.run(x, weights, Winograd.FOUR, false, THREE);
    assertThat(error(given, wanted)).isLessThan(1e-5);
    float[] exact = five.run(x, weights, Winograd.TWO, false, THREE);
    assertThat(error(exact, wanted)).isLessThan(2e-6);
    assertThat(given).as("by F(2x2, 5x5)").isNotEqualTo(exact);
    if (height > 1 && width > 1) {
      float[] pooled = five.run(x, weights, Winograd.FOUR, true, ONE);
      assertThat(pooled).isEqualTo(pooled(given, five.output(), 2));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 3e38f})
  void nonFiniteNumbersPass5x5KernelsAsInADirectConvolution(float odd) {
    Case five = new Case(3, 5, 40, 33, 2, new MapShape(40, 9, 10), 2);
    float[] x = five.input();
    float[] weights = five.weights();
    float[] before = five.run(x, weights, Winograd.FOUR, false, THREE);
    x[17] = odd;
    float[] given = five.run(x, weights, Winograd.FOUR, false, THREE);
    float[] exact = five.run(x, weights, Winograd.TWO, false, THREE);
    int half = given.length / 2;
    assertThat(Arrays.copyOf(given, half)).isEqualTo(Arrays.copyOf(exact, half));
    assertThat(Arrays.copyOfRange(given, half, 2 * half))
        .isEqualTo(Arrays.copyOfRange(before, half, 2 * half));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 3e38f})
  void nonFiniteNumbersPassFc6AsInADirectConvolution(float odd) {
    Case fc6 = new Case(3, 7, 40, 33, 2, new MapShape(40, 9, 10), 0);
    float[] x = fc6.input();
    float[] weights = fc6.weights();
    float[] before = fc6.run(x, weights, Winograd.FOUR, false, THREE);
    x[17] = odd;
    float[] given = fc6.run(x, weights, Winograd.FOUR, false, THREE);
    float[] exact = fc6.run(x, weights, Winograd.TWO, false, THREE);
    int half = given.length / 2;
    assertThat(Arrays.copyOf(given, half)).isEqualTo(Arrays.copyOf(exact, half));
    assertThat(Arrays.copyOfRange(given, half, 2 * half))
        .isEqualTo(Arrays.copyOfRange(before, half, 2 * half));
  }

  @Test
  void weightsOfFc6OfExtremeSizeStayDirect() {
    Case fc6 = new Case(4, 7, 20, 16, 1, new MapShape(20, 9, 9), 0);
    assertThat(fc6.prepared(fc6.weights(), Winograd.FOUR, ONE).toString()).contains("F(2x2, 7x7)");
    assertThat(fc6.prepared(fc6.weights(), Winograd.TWO, ONE).toString()).contains("direct");
    float[] tiny = fc6.weights();
    for (int i = 0; i < tiny.length; i++) {
      tiny[i] *= 1e-41f;
    }
    assertThat(fc6.prepared(tiny, Winograd.FOUR, ONE).toString()).contains("direct");
  }

  @Test
  void weightsOfExtremeSizeFallBackToAFormThatBearsThem() {
    Case layer = new Case(2, 3, 64, 64, 1, new MapShape(64, 8, 8), 1);
    assertThat(layer.prepared(layer.weights(), Winograd.FOUR, ONE).toString())
        .contains("F(4x4, 3x3)");
    float[] tiny = layer.weights();
    for (int i = 0; i < tiny.length; i++) {
      tiny[i] *= 1e-41f; // below what 32 bits hold in full
    }
    assertThat(layer.prepared(tiny, Winograd.FOUR, ONE).toString()).contains("direct");
    float[] lost = layer.weights();
    lost[0] = Float.NaN;
    assertThat(layer.prepared(lost, Winograd.FOUR, ONE).toString()).contains("direct");
  }

  @Test
  void kernelsOf5x5OfExtremeSizeStayDirect() {
    Case five = new Case(4, 5, 20, 16, 1, new MapShape(20, 9, 9), 2);
    assertThat(five.prepared(five.weights(), Winograd.FOUR, ONE).toString())
        .contains("F(2x2, 5x5)");
    assertThat(five.prepared(five.weights(), Winograd.TWO, ONE).toString()).contains("direct");
    float[] tiny = five.weights();
    for (int i = 0; i < tiny.length; i++) {
      tiny[i] *= 1e-41f;
    }
    assertThat(five.prepared(tiny, Winograd.FOUR, ONE).toString()).contains("direct");
  }

  private static double error(float[] given, float[] wanted) {
    return Goldens.difference(given, wanted) / Math.max(1, Goldens.largest(wanted));
  }

  private static float[] pooled(float[] y, MapShape shape, int images) {
    int height = shape.height() / 2;
    int width = shape.width() / 2;
    float[] pooled = new float[images * shape.channels() * height * width];
    for (int i = 0; i < pooled.length; i++) {
      int map = i / (height * width);
      int at = map * shape.height() * shape.width();
      at += i / width % height * 2 * shape.width() + i % width * 2;
      float top = Math.max(y[at], y[at + 1]);
      pooled[i] = Math.max(top, Math.max(y[at + shape.width()], y[at + shape.width() + 1]));
    }
    return pooled;
  }
}
