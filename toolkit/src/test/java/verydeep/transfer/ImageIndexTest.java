package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static verydeep.network.Configuration.A;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.drawn.DrawnImages;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** The images most like a given one. */
@Timeout(60)
class ImageIndexTest {

  @TempDir Path root;

  private Features features(Images images) {
    Vgg network = Vgg.of(A).classes(2).width(1 / 4.0).input(32).build();
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(network, 1),
            List.of("x", "y"),
            Preprocessing.paper(new Rgb(120, 110, 100)),
            Provenance.unknown());
    return FeatureExtractor.of(checkpoint).layer("pool3").scales(40).quiet().run(images);
  }

  @Test
  void anImageOfTheIndexIsMostLikeItself() {
    Images images = DrawnImages.shapes(root, 5, 1);
    Features features = features(images);
    try (ImageIndex index = ImageIndex.of(features)) {
      for (int i = 0; i < images.size(); i++) {
        List<Features.Neighbor> found = index.nearest(images.file(i), 3);
        assertThat(found).hasSize(3);
        assertThat(found.get(0).file()).isEqualTo(images.file(i));
        assertThat(found.get(0).similarity()).isCloseTo(1, within(1e-6));
        assertThat(found.get(1).index()).isEqualTo(features.nearest(i, 1).get(0));
        assertThat(index.nearest(images.image(i), 3)).isEqualTo(found);
      }
    }
    Features.Neighbor first = features.nearest(images.file(2).toString(), 1).get(0);
    assertThat(first.index()).isEqualTo(2);
    assertThat(first.toString()).startsWith("1.00 ").endsWith("(disc)");
  }

  @Test
  void theSearchIsExactWhereSeveralThreadsCompare() {
    Random random = new Random(1);
    List<float[]> vectors =
        IntStream.range(0, 6000).mapToObj(i -> UnitLength.of(vector(random))).toList();
    float[] asked = UnitLength.of(vector(random));
    List<Integer> sorted =
        IntStream.range(0, vectors.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> -Nearest.product(vectors.get(i), asked)))
            .limit(40)
            .toList();
    assertThat(Nearest.of(vectors, asked, 40, i -> true)).isEqualTo(sorted);
    assertThat(Nearest.of(vectors, asked, 40, i -> i != sorted.get(0)))
        .startsWith(sorted.get(1))
        .hasSize(40);
  }

  @Test
  void ofEqualVectorsTheFirstComesFirst() {
    List<float[]> vectors =
        List.of(new float[] {0, 1}, new float[] {1, 0}, new float[] {0, 1}, new float[] {0, 1});
    assertThat(Nearest.of(vectors, new float[] {0, 1}, 2, i -> true)).containsExactly(0, 2);
    assertThat(Nearest.of(vectors, new float[] {0, 1}, 9, i -> true)).containsExactly(0, 2, 3, 1);
  }

  private static float[] vector(Random random) {
    float[] vector = new float[30];
    IntStream.range(0, vector.length).forEach(k -> vector[k] = random.nextFloat());
    return vector;
  }

  @Test
  void featuresFromAFileHaveNoNetworkToAsk() {
    Features features = features(DrawnImages.redAndBlue(root, 2, 1));
    Features read = Features.read(features.write(root.resolve("f.safetensors")));
    assertThatThrownBy(() -> ImageIndex.of(read))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("from a file");
    assertThat(read.nearest(features.vector(1), 1).get(0).index()).isEqualTo(1);
    assertThatThrownBy(() -> read.nearest(new float[3], 1))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("3 numbers");
  }
}
