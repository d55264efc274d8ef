package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.VerydeepException;

class PrincipalComponentsTest {

  private static List<float[]> vectors(float[] numbers, int dimension) {
    List<float[]> vectors = new ArrayList<>();
    for (int from = 0; from < numbers.length; from += dimension) {
      vectors.add(Arrays.copyOfRange(numbers, from, from + dimension));
    }
    return vectors;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tall", "wide"})
  void theyAreScikitLearns(String name) {
    Goldens golden = Goldens.of("components");
    int dimension = golden.sizes(name + "/vectors").get(1);
    List<float[]> vectors = vectors(golden.floats(name + "/vectors"), dimension);
    PrincipalComponents components = PrincipalComponents.of(vectors, 3);
    float[] coordinates = golden.floats(name + "/coordinates");
    float[] shares = golden.floats(name + "/shares");
    for (int k = 0; k < 3; k++) {
      assertThat(components.share(k)).isCloseTo(shares[k], within(1e-6));
      for (int i = 0; i < vectors.size(); i++) {
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
        PrincipalComponents.of(vectors(new float[] {1, 2, 1, 2, 1, 2}, 2), 1);
    assertThat(components.share(0)).isZero();
    assertThat(components.coordinate(2, 0)).isCloseTo(0, within(1e-12));
  }

  @Test
  void moreComponentsThanThereAreAreRefused() {
    List<float[]> vectors = vectors(new float[] {1, 2, 3, 4, 5, 6}, 2);
    for (int count : new int[] {0, 3}) {
      assertThatThrownBy(() -> PrincipalComponents.of(vectors, count))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll(count + " components", "3 vectors of 2 numbers", "1 to 2");
    }
  }
}
