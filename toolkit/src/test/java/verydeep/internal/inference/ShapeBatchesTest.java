package verydeep.internal.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import verydeep.NotFiniteException;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.images.Levels;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/** A pass that takes levels, as on a GPU, is shown the same images as one that takes numbers. */
class ShapeBatchesTest {

  private static final Preprocessing CAFFE = Preprocessing.caffe();
  private static final List<String> LAYERS = List.of("pool5");
  private static final int[][] SHAPES = {{40, 33}, {48, 40}, {33, 40}};

  private static final Vgg NETWORK =
      Vgg.of(Configuration.A).width(0.0625).convolutionsOnly().build();

  private final List<RgbImage> images = new ArrayList<>();

  ShapeBatchesTest() {
    Random random = new Random(4);
    for (int i = 0; i < 75; i++) {
      int[] shape = SHAPES[i < 70 ? i % 2 : 2]; // 35, 35 and 5: from 32 on, threads share them
      byte[] rgb = new byte[3 * shape[0] * shape[1]];
      random.nextBytes(rgb);
      images.add(RgbImage.of(shape[0], shape[1], rgb));
    }
  }

  /** DJL's pass on a CPU, with memory for levels. */
  private record WithLevels(ForwardPass pass, AtomicInteger asked) implements ForwardPass {

    @Override
    public Optional<Levels> levels(int images, int pixels) {
      asked.incrementAndGet();
      return Optional.of(Levels.allocate(images, pixels));
    }

    @Override
    public Vgg network() {
      return pass.network();
    }

    @Override
    public String arithmetic() {
      return pass.arithmetic();
    }

    @Override
    public long bytes() {
      return pass.bytes();
    }

    @Override
    public List<Activations> run(
        FloatBuffer pixels, int images, int height, int width, List<String> layers) {
      return pass.run(pixels, images, height, width, layers);
    }

    @Override
    public void close() {
      pass.close();
    }
  }

  private List<float[]> results(ForwardPass pass) {
    return new ShapeBatches(pass, CAFFE, LAYERS)
        .run(images, (layers, i) -> layers.get(0).meanOverSpace(i));
  }

  @Test
  void levelsAndNumbersGiveTheSameBits() {
    AtomicInteger asked = new AtomicInteger();
    try (ForwardPass pass = DjlForwardPass.of(Parameters.initial(NETWORK, 1))) {
      List<float[]> numbers = results(pass);
      List<float[]> levels = results(new WithLevels(pass, asked));
      assertThat(asked.get()).isGreaterThanOrEqualTo(SHAPES.length);
      for (int i = 0; i < images.size(); i++) {
        assertThat(levels.get(i)).isEqualTo(numbers.get(i));
      }
    }
  }

  @Test
  void aNumberThatIsNotFiniteIsNamedWithItsLayer() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Parameters initial = Parameters.initial(NETWORK, 1);
    initial.names().forEach(name -> tensors.put(name, initial.get(name)));
    float[] bias = initial.get("conv3_2.bias").toArray();
    bias[0] = Float.POSITIVE_INFINITY;
    tensors.put("conv3_2.bias", Tensor.of(List.of(bias.length), bias));
    try (ForwardPass pass = DjlForwardPass.of(Parameters.of(NETWORK, tensors))) {
      assertThatThrownBy(() -> results(new WithLevels(pass, new AtomicInteger())))
          .isInstanceOf(NotFiniteException.class)
          .hasMessageContaining("an image of 40x33")
          .hasMessageContaining("conv3_2");
    }
  }
}
