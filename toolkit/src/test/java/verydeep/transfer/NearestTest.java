package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static Features features(List<float[]> vectors) {
    List<Path> files =
        IntStream.range(0, vectors.size()).mapToObj(i -> Path.of("photo" + i)).toList();
    return new Features(
        new FeatureFacts("fc7 of D", "dense", null, 1, ""),
        null,
        List.of("a", "b"),
        files,
        new int[vectors.size()],
        vectors,
        List.of());
  }

  @Test
  void theNearestNeighboursAreThoseWithTheLargestProduct() {
    Features features =
        features(
            List.of(
                new float[] {1, 0},
                new float[] {0, 1},
                new float[] {0.8f, 0.6f},
                new float[] {0.6f, 0.8f}));
    assertThat(features.nearest(0, 2)).containsExactly(2, 3);
    assertThat(features.nearest(1, 9)).containsExactly(3, 2, 0);
    assertThat(features.similarity(0, 2)).isCloseTo(0.8, within(1e-6));
    assertThatThrownBy(() -> features.nearest(4, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
