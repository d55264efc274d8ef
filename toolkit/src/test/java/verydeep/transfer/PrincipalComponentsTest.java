package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.VerydeepException;

class PrincipalComponentsTest {

  private static Features features(float[] numbers, int dimension) {
    List<float[]> vectors = new ArrayList<>();
    for (int from = 0; from < numbers.length; from += dimension) {
      vectors.add(Arrays.copyOfRange(numbers, from, from + dimension));
    }
    List<Path> files =
        IntStream.range(0, vectors.size()).mapToObj(i -> Path.of("photo" + i)).toList();
    return new Features(
        "fc7 of D", "dense", List.of("a", "b"), files, new int[vectors.size()], vectors, 1, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tall", "wide"})
  void theyAreScikitLearns(String name) {
    Goldens golden = Goldens.of("components");
    int dimension = golden.sizes(name + "/vectors").get(1);
    Features features = features(golden.floats(name + "/vectors"), dimension);
    PrincipalComponents components = PrincipalComponents.of(features, 3);
    float[] coordinates = golden.floats(name + "/coordinates");
    float[] shares = golden.floats(name + "/shares");
    for (int k = 0; k < 3; k++) {
      assertThat(components.share(k)).isCloseTo(shares[k], within(1e-6));
      for (int i = 0; i < features.size(); i++) {
        assertThat(components.coordinate(i, k))
            .as("vector %d, component %d", i, k)
            .isCloseTo(coordinates[3 * i + k], within(1e-4));
      }
    }
    assertThat(components.toString()).startsWith("3 principal components, with ");
  }

  @Test
  void vectorsThatAreAllEqualHaveNoVariance() {
    PrincipalComponents components =
        PrincipalComponents.of(features(new float[] {1, 2, 1, 2, 1, 2}, 2), 1);
    assertThat(components.share(0)).isZero();
    assertThat(components.coordinate(2, 0)).isCloseTo(0, within(1e-12));
  }

  @Test
  void moreComponentsThanThereAreAreRefused() {
    Features features = features(new float[] {1, 2, 3, 4, 5, 6}, 2);
    for (int count : new int[] {0, 3}) {
      assertThatThrownBy(() -> PrincipalComponents.of(features, count))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll(count + " components", "3 vectors of 2 numbers", "1 to 2");
    }
  }

  @Test
  void theNearestNeighboursAreThoseWithTheLargestProduct() {
    Features features = features(new float[] {1, 0, 0, 1, 0.8f, 0.6f, 0.6f, 0.8f}, 2);
    assertThat(features.nearest(0, 2)).containsExactly(2, 3);
    assertThat(features.nearest(1, 9)).containsExactly(3, 2, 0);
    assertThat(features.similarity(0, 2)).isCloseTo(0.8, within(1e-6));
    assertThatThrownBy(() -> features.nearest(4, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
