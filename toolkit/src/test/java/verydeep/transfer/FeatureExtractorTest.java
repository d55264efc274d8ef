package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static verydeep.network.Configuration.A;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.data.UnreadableImageException;
import verydeep.drawn.DrawnImages;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.network.VggBuilder;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Appendix B, against a computation by hand from the forward pass's maps. */
@Timeout(60)
class FeatureExtractorTest {

  private static final Preprocessing PAPER = Preprocessing.paper(new Rgb(120, 110, 100));

  @TempDir static Path root;
  private static Images odd;

  @BeforeAll
  static void draw() {
    odd = DrawnImages.noise(root, 1, 41, 57, 64, 33, 33, 95, 50, 50, 41, 57);
  }

  private static VggBuilder net() {
    return Vgg.of(A).classes(3).width(1 / 16.0).input(32);
  }

  private static Checkpoint checkpoint(Vgg net) {
    List<String> classes = net.convolutionsOnly() ? List.of() : List.of("x", "y", "z");
    return Checkpoint.of(Parameters.initial(net, 5), classes, PAPER, Provenance.unknown());
  }

  private static final Checkpoint WHOLE = checkpoint(net().build());
  private static final Checkpoint CONVOLUTIONS = checkpoint(net().convolutionsOnly().build());

  /** Means over space and flipped images, scale behind scale, over the length of the whole. */
  private static float[] byHand(
      Checkpoint checkpoint, String layer, RgbImage image, boolean flipped, int... scales) {
    double[] all = new double[0];
    try (ForwardPass pass = DjlForwardPass.of(checkpoint.parameters())) {
      for (int scale : scales) {
        RgbImage whole = image.rescale(scale);
        List<RgbImage> views = flipped ? List.of(whole, whole.flip()) : List.of(whole);
        Activations maps =
            pass.run(
                    DrawnImages.pixels(PAPER, views),
                    views.size(),
                    whole.height(),
                    whole.width(),
                    List.of(layer))
                .get(0);
        int channels = maps.shape().channels();
        int places = maps.shape().height() * maps.shape().width();
        int from = all.length;
        all = Arrays.copyOf(all, from + channels);
        for (int i = 0; i < maps.values().length; i++) {
          all[from + i / places % channels] += maps.values()[i] / (double) places / views.size();
        }
      }
    }
    double squares = 0;
    for (double value : all) {
      squares += value * value;
    }
    float[] vector = new float[all.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (all[i] / Math.sqrt(squares));
    }
    return vector;
  }

  private static void equal(Features features, Checkpoint of, String layer, boolean m, int... q) {
    for (int i = 0; i < odd.size(); i++) {
      assertThat(features.vector(i))
          .containsExactly(byHand(of, layer, odd.image(i), m, q), within(1e-6f));
    }
  }

  @Test
  void byDefaultFc7WithFlippedImages() {
    Features features = FeatureExtractor.of(WHOLE).scales(32, 47).quiet().run(odd);
    assertThat(features.dimension()).isEqualTo(2 * 256);
    assertThat(features.network()).isEqualTo("fc7 of VGG " + WHOLE.network().label());
    assertThat(features.protocol()).isEqualTo("dense, Q=32,47, flipped");
    equal(features, WHOLE, "fc7", true, 32, 47);
  }

  @Test
  void byDefaultPool5OfANetworkOfConvolutions() {
    Features features = FeatureExtractor.of(CONVOLUTIONS).scales(64).quiet().run(odd);
    assertThat(features.dimension()).isEqualTo(32);
    assertThat(features.network()).startsWith("pool5 of VGG");
    equal(features, CONVOLUTIONS, "pool5", true, 64);
  }

  @Test
  void anyLayerWithoutFlippedImages() {
    for (String layer : List.of("conv1_1", "pool3", "conv5_2", "fc6", "fc8")) {
      Features features =
          FeatureExtractor.of(WHOLE).layer(layer).scales(40).flipped(false).quiet().run(odd);
      equal(features, WHOLE, layer, false, 40);
    }
  }

  @Test
  void severalLayersInOnePass() {
    FeatureExtractor extractor = FeatureExtractor.of(WHOLE).scales(40).quiet();
    Map<String, Features> byLayer = extractor.runByLayer(odd, "fc6", "conv1_1", "pool3");
    assertThat(byLayer.keySet()).containsExactly("fc6", "conv1_1", "pool3");
    byLayer.forEach(
        (layer, features) -> {
          assertThat(features.network()).startsWith(layer + " of VGG A");
          equal(features, WHOLE, layer, true, 40);
        });
  }

  @Test
  void byDefaultTheLayersThatShowDepth() {
    Images few = odd.subset(0, 1);
    assertThat(FeatureExtractor.of(WHOLE).scales(32).quiet().runByLayer(few).keySet())
        .containsExactly("pool1", "pool2", "pool3", "pool4", "pool5", "fc6", "fc7");
    assertThat(FeatureExtractor.of(CONVOLUTIONS).scales(32).quiet().runByLayer(few).keySet())
        .containsExactly("pool1", "pool2", "pool3", "pool4", "pool5");
  }

  @Test
  void vectorsHaveLengthOneAndBelongToTheirImages() {
    Features features = FeatureExtractor.of(WHOLE).scales(40).quiet().run(odd);
    assertThat(features.size()).isEqualTo(odd.size());
    assertThat(features.classes()).isEqualTo(odd.classes());
    assertThat(features.seconds()).isPositive();
    for (int i = 0; i < odd.size(); i++) {
      double squares = 0;
      for (float value : features.vector(i)) {
        squares += (double) value * value;
      }
      assertThat(squares).isCloseTo(1, within(1e-6));
      assertThat(features.file(i)).isEqualTo(odd.file(i));
      assertThat(features.label(i)).isEqualTo(odd.label(i));
    }
  }

  @Test
  void aVectorIsACopy() {
    Features features = FeatureExtractor.of(WHOLE).scales(40).quiet().run(odd);
    float first = features.vector(0)[0];
    features.vector(0)[0] = 99;
    assertThat(features.vector(0)[0]).isEqualTo(first);
  }

  @Test
  void anUnknownLayer() {
    assertThatThrownBy(() -> FeatureExtractor.of(WHOLE).layer("conv9_9"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no layer")
        .hasMessageContainingAll("\"conv9_9\"", "conv5_2", "fc7");
    assertThatThrownBy(() -> FeatureExtractor.of(CONVOLUTIONS).layer("fc7"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no layer")
        .hasMessageContaining("\"fc7\"");
    FeatureExtractor extractor = FeatureExtractor.of(CONVOLUTIONS).scales(40).quiet();
    assertThatThrownBy(() -> extractor.runByLayer(odd, "pool5", "pool6"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no layer")
        .hasMessageContainingAll("\"pool6\"", "conv5_2", "pool5");
  }

  @Test
  void noScaleAndScalesTooSmall() {
    assertThatThrownBy(() -> FeatureExtractor.of(WHOLE).quiet().run(odd))
        .isInstanceOf(VerydeepException.class)
        .hasMessage(
            "No scale was given; say at which sides the network sees the images: scales(...), each"
                + " of 32 pixels or more.");
    assertThatThrownBy(() -> FeatureExtractor.of(WHOLE).scales(31).quiet().run(odd))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("Q=31", "32");
  }

  @Test
  void anUnreadableImageIsNamed(@TempDir Path folder) {
    DrawnImages.redAndBlue(folder, 1, 1);
    Path file = DrawnImages.broken(folder.resolve("red/broken.png"));
    Images images = Images.folder(folder);
    assertThatThrownBy(() -> FeatureExtractor.of(WHOLE).scales(40).quiet().run(images))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void anInterrupt() throws InterruptedException {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> FeatureExtractor.of(WHOLE).scales(40).quiet().run(odd))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(DrawnImages.threadsLeft()).isEmpty();
  }
}
