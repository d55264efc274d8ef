package verydeep.internal.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.network.Tensor;

/** Each kind of layer in training against PyTorch in 64 bits, with its decisions given. */
class LayerGradientsTest {

  private static final double TOLERANCE = 1e-5;
  private static final int COLUMNS = GemmKernel.COLUMNS;

  private static final Goldens GOLDEN = Goldens.of("layers");
  private static final Team TEAM = new Team(2);

  private static void assertClose(float[] given, String name) {
    assertThat(Goldens.relativeDifference(given, GOLDEN.floats(name)))
        .as(name)
        .isLessThan(TOLERANCE);
  }

  /** Maps that hold a golden of images x channels x height x width. */
  private static Maps maps(String name) {
    return maps(GOLDEN, name);
  }

  private static Maps maps(Goldens golden, String name) {
    List<Integer> sizes = golden.sizes(name);
    return maps(golden, name, GemmKernel.used(sizes.get(1)));
  }

  /** The same in the layout of an image. */
  private static Maps image(String name) {
    return maps(GOLDEN, name, 3);
  }

  private static Maps maps(Goldens golden, String name, int pixel) {
    List<Integer> sizes = golden.sizes(name);
    boolean units = sizes.size() == 2;
    MapShape shape = new MapShape(sizes.get(1), units ? 1 : sizes.get(2), units ? 1 : sizes.get(3));
    Maps maps = empty(sizes.get(0), shape, pixel);
    float[] values = golden.floats(name);
    int at = 0;
    for (int image = 0; image < maps.images(); image++) {
      for (int c = 0; c < shape.channels(); c++) {
        for (int row = 0; row < shape.height(); row++) {
          for (int column = 0; column < shape.width(); column++) {
            maps.data()[maps.at(image, c / pixel, row, column) + c % pixel] = values[at++];
          }
        }
      }
    }
    return maps;
  }

  private static Maps empty(int images, MapShape shape) {
    return empty(images, shape, Maps.pixel(shape));
  }

  private static Maps empty(int images, MapShape shape, int pixel) {
    int size = images * Maps.size(shape, pixel) + ImageKernel.PAST;
    return new Maps(new float[size], 0, images, shape, pixel);
  }

  private static float[] values(Maps maps) {
    int size = (int) maps.shape().size();
    float[] values = new float[maps.images() * size];
    for (int image = 0; image < maps.images(); image++) {
      maps.copyTo(image, values, image * size);
    }
    return values;
  }

  private static Tensor tensor(String name) {
    return Tensor.of(GOLDEN.sizes(name), GOLDEN.floats(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv3",
        "conv3_odd",
        "conv3_one",
        "conv3_wide",
        "conv3_large",
        "conv3_image",
        "conv1",
        "conv5",
        "conv5_image"
      })
  void convolution(String name) {
    for (Winograd form : List.of(Winograd.FOUR, Winograd.TWO)) {
      Workspace workspace = new Workspace(TEAM.size());
      List<Integer> sizes = GOLDEN.sizes(name + "/w");
      boolean image = name.endsWith("image");
      var layer = new Layer.Convolution(name, sizes.get(2), sizes.get(1), sizes.get(0));
      boolean gathered = image && ImageConvolution.reads(layer);
      LearnedWeights weights =
          new LearnedWeights(
              layer.kernel(),
              gathered,
              tensor(name + "/w"),
              tensor(name + "/b"),
              new LearnedWeights.Learns(true, true));
      var convolution = new LearnedConvolution(weights, form);
      Maps x = image ? image(name + "/x") : maps(name + "/x");
      Maps y = empty(x.images(), layer.output(x.shape()));
      convolution.forward(convolution.panels(TEAM, workspace), x, y, TEAM, workspace);
      assertClose(values(y), name + "/y");
      Maps dz = maps(name + "/dz");
      convolution.begin();
      convolution.addGradient(x, dz, 0, TEAM, workspace);
      convolution.finish(TEAM, workspace);
      assertClose(weights.weights().gradientTensor().toArray(), name + "/dw");
      assertClose(weights.biases().gradientTensor().toArray(), name + "/db");
      if (!image) {
        convolution.inputGradient(convolution.turned(TEAM, workspace), dz, x, TEAM, workspace);
        assertClose(values(x), name + "/dx");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool", "pool_odd", "pool_nan"})
  void pooling(String name) {
    Maps x = maps(name + "/x");
    Maps dy = maps(name + "/dy");
    Maps y = empty(dy.images(), dy.shape());
    float[] choices = new float[y.data().length];
    LearnedPooling.forward(x, y, choices, TEAM);
    assertThat(values(y)).isEqualTo(GOLDEN.floats(name + "/y"));
    Maps dx = empty(x.images(), x.shape());
    Arrays.fill(dx.data(), 7); // what was there before
    LearnedPooling.backward(dy, choices, dx, TEAM);
    assertThat(values(dx)).isEqualTo(GOLDEN.floats(name + "/dx"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fc6", "fc7", "fc8"})
  void fullyConnectedLayer(String name) {
    Workspace workspace = new Workspace(TEAM.size());
    Maps x = maps(name + "/x");
    int window = x.shape().height();
    int images = x.images();
    int space = TileRows.padded(images);
    LearnedWeights weights =
        new LearnedWeights(
            window,
            false,
            tensor(name + "/w"),
            tensor(name + "/b"),
            new LearnedWeights.Learns(true, true));
    LearnedUnits layer = new LearnedUnits(weights);
    int units = weights.outputs();
    TileRows rows =
        new TileRows(weights.panels(), 0, x, new Tiles(new MapShape(units, 1, 1), 1, images));
    float[] inputs = new float[GemmKernel.FIRST + rows.size(images)];
    rows.fill(0, 0, images, images, inputs, workspace.scratch(0));
    LearnedUnits.Rows places = (position, channel) -> rows.at(position, channel, images);
    float[] z = new float[layer.size(space)];
    layer.forward(inputs, places, space, z, TEAM, workspace);
    float[] y = new float[images * units];
    float[] given = GOLDEN.floats(name + "/dz");
    for (int i = 0; i < y.length; i++) {
      int unit = i % units;
      int at = GemmKernel.FIRST + (unit / COLUMNS * space + i / units) * COLUMNS + unit % COLUMNS;
      y[i] = z[at];
      z[at] = given[i];
    }
    assertClose(y, name + "/y");
    // numbers past the last unit are not there in training either
    for (int i = 0; i < images; i++) {
      for (int unit = units; unit % COLUMNS != 0; unit++) {
        z[GemmKernel.FIRST + (unit / COLUMNS * space + i) * COLUMNS + unit % COLUMNS] = 0;
      }
    }
    layer.begin();
    layer.addGradient(inputs, places, images, z, space, TEAM);
    assertClose(weights.weights().gradientTensor().toArray(), name + "/dw");
    assertClose(weights.biases().gradientTensor().toArray(), name + "/db");
    InputGradient.Sink sink =
        (position, channel, image, values, at) -> {
          for (int i = 0; i < Math.min(GemmKernel.LANES, images - image); i++) {
            for (int k = 0; k < ColumnKernel.INPUTS; k++) {
              int c = channel + k;
              int to = x.at(image + i, c / x.pixel(), position / window, position % window);
              float kept = x.data()[to + c % x.pixel()];
              x.data()[to + c % x.pixel()] = kept > 0 ? values[at + k * GemmKernel.LANES + i] : 0;
            }
          }
        };
    layer.inputGradient(z, space, images, sink, TEAM, workspace);
    assertClose(values(x), name + "/dx");
  }

  /** The gradient of a step of testing with respect to its input, which held other numbers. */
  private static Maps gradient(Step step, Maps x, Maps dy) {
    Workspace workspace = new Workspace(TEAM.size());
    Maps y = empty(x.images(), step.output(x.shape()));
    step.run(x, y, TEAM, workspace);
    Maps dx = empty(x.images(), x.shape());
    Arrays.fill(dx.data(), 7);
    step.backward(x, y, dy, dx, TEAM, workspace);
    return dx;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv3",
        "conv3_odd",
        "conv3_one",
        "conv3_wide",
        "conv3_large",
        "conv3_image",
        "conv1",
        "conv5",
        "conv5_image",
        "fc6",
        "fc7",
        "fc8"
      })
  void stepOfTesting(String name) {
    Tensor w = tensor(name + "/w");
    Maps x = name.endsWith("image") ? image(name + "/x") : maps(name + "/x");
    boolean connected = name.startsWith("fc");
    int kernel = connected ? x.shape().height() : w.sizes().get(2);
    var source =
        new WeightSource(
            name,
            kernel,
            x.shape().channels(),
            w.sizes().get(0),
            w.values(),
            GOLDEN.floats(name + "/b"));
    for (Winograd form : List.of(Winograd.FOUR, Winograd.TWO)) {
      ConvolutionWeights weights =
          connected
              ? ConvolutionWeights.fullyConnected(source, Winograd.TWO, TEAM)
              : ConvolutionWeights.convolution(source, form, false, TEAM);
      Step step = new ConvolutionStep(weights, !connected, false);
      Maps dx = gradient(step, x, maps(name + "/dz"));
      dx.maskBy(maps(name + "/x"), TEAM); // the golden has passed the ReLU before
      assertClose(values(dx), name + "/dx");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool", "pool_odd", "pool_nan"})
  void poolingOfTesting(String name) {
    Maps x = maps(name + "/x");
    Maps dy = maps(name + "/dy");
    Maps y = empty(dy.images(), dy.shape());
    new PoolingStep().run(x, y, TEAM, new Workspace(TEAM.size()));
    assertThat(values(y)).isEqualTo(GOLDEN.floats(name + "/y"));
    Maps dx = gradient(new PoolingStep(), x, dy);
    assertThat(values(dx)).isEqualTo(GOLDEN.floats(name + "/dx"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wide", "narrow"})
  void normalization(String name) {
    Goldens golden = Goldens.of("lrn");
    var layer = new Layer.LocalResponseNormalization("norm1", 5, 2, 1e-4, 0.75);
    Maps x = maps(golden, name + "/input");
    Maps dx = gradient(new Normalization(layer), x, maps(golden, name + "/given"));
    assertThat(Goldens.relativeDifference(values(dx), golden.floats(name + "/gradient")))
        .isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({"5, 0.5", "4, 0.75"})
  void normalizationByAnotherPowerOrEvenlyManyNeighborsIsRefused(int neighbours, double beta) {
    var layer = new Layer.LocalResponseNormalization("norm1", neighbours, 2, 1e-4, beta);
    assertThatThrownBy(() -> new Normalization(layer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("norm1");
  }

  /** Its images are together, and may come in parts when the gradients are added up. */
  @ParameterizedTest
  @ValueSource(strings = {"bn", "bn_odd", "bn_image", "bn_point", "bnpool", "bnpool_odd"})
  void batchNormalizations(String name) {
    Maps z = maps(name + "/z");
    int size = LearnedBatchNormalization.filled(z.shape().channels());
    LearnedArray[] arrays = new LearnedArray[4];
    String[] roles = {"gamma", "beta", "mean", "variance"};
    for (int i = 0; i < arrays.length; i++) {
      float[] values = GOLDEN.floats(name + "/" + roles[i]);
      Tensor initial = Tensor.of(List.of(values.length), values);
      arrays[i] = LearnedArray.ofChannels(initial, size, i < 2);
    }
    var running = new RunningStatistics(arrays[2], arrays[3]);
    var layer = new LearnedBatchNormalization(arrays[0], arrays[1], running);
    Workspace workspace = new Workspace(TEAM.size());
    layer.begin();
    running.beginShare();
    layer.observe(z, TEAM, workspace);
    Maps dy = maps(name + "/dy");
    Maps y = empty(dy.images(), dy.shape(), dy.pixel());
    layer.beginGradients(z.images());
    if (name.startsWith("bnpool")) {
      float[] choices = new float[y.data().length];
      layer.pool(z, y, choices, TEAM, workspace);
      layer.addPooledGradients(dy, choices, z, TEAM, workspace);
      layer.endGradients(z.shape().height() * z.shape().width());
      layer.backwardPooled(dy, choices, z, TEAM, workspace);
    } else {
      layer.activate(z, y, TEAM);
      for (int image = 0; image < z.images(); image++) {
        layer.addGradients(dy.slice(image, 1), z.slice(image, 1), image, TEAM, workspace);
      }
      layer.endGradients(z.shape().height() * z.shape().width());
      layer.backward(dy, z, TEAM);
    }
    assertClose(values(y), name + "/y");
    assertClose(values(z), name + "/dz");
    assertClose(arrays[0].gradientTensor().toArray(), name + "/dgamma");
    assertClose(arrays[1].gradientTensor().toArray(), name + "/dbeta");
    assertClose(arrays[2].tensor().toArray(), name + "/mean"); // until the step is taken
    running.endShare(1);
    running.step();
    assertClose(arrays[2].tensor().toArray(), name + "/mean_after");
    assertClose(arrays[3].tensor().toArray(), name + "/variance_after");
  }
}
