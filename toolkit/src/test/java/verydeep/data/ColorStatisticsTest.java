package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;

class ColorStatisticsTest {
  @TempDir Path root;

  @Test
  void meanAndCovarianceAreThoseOfAllPixels() throws IOException {
    byte[] one = {0, 0, 0, 10, 20, 30};
    byte[] two = {20, 10, 0, 10, 30, (byte) 200, 0, 0, 5, 4, 4, 4};
    Goldens.write(RgbImage.of(2, 1, one), root.resolve("a/1.png"));
    Goldens.write(RgbImage.of(2, 2, two), root.resolve("b/1.png"));
    ColorStatistics statistics = ColorStatistics.of(Images.folder(root));
    int[][] pixels = {{0, 0, 0}, {10, 20, 30}, {20, 10, 0}, {10, 30, 200}, {0, 0, 5}, {4, 4, 4}};
    double[] mean = new double[3];
    double[][] covariance = new double[3][3];
    for (int[] pixel : pixels) {
      for (int i = 0; i < 3; i++) {
        mean[i] += pixel[i] / 6.0;
      }
    }
    for (int[] pixel : pixels) {
      for (int i = 0; i < 9; i++) {
        covariance[i / 3][i % 3] += (pixel[i / 3] - mean[i / 3]) * (pixel[i % 3] - mean[i % 3]) / 6;
      }
    }
    assertThat(statistics.mean().red()).isCloseTo(mean[0], within(1e-12));
    assertThat(statistics.mean().green()).isCloseTo(mean[1], within(1e-12));
    assertThat(statistics.mean().blue()).isCloseTo(mean[2], within(1e-12));
    for (int i = 0; i < 9; i++) {
      double expected = covariance[i / 3][i % 3];
      assertThat(statistics.covariance()[i / 3][i % 3]).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void eigenvectorsRebuildTheCovariance() throws IOException {
    ColorStatistics statistics = ColorStatistics.of(Goldens.images(root, 4, 4));
    double[] values = statistics.eigenvalues();
    double[][] vectors = statistics.eigenvectors();
    assertThat(values[0]).isGreaterThanOrEqualTo(values[1]);
    assertThat(values[1]).isGreaterThanOrEqualTo(values[2]);
    for (int i = 0; i < 9; i++) {
      double sum = 0;
      for (int axis = 0; axis < 3; axis++) {
        sum += values[axis] * vectors[axis][i / 3] * vectors[axis][i % 3];
      }
      assertThat(sum).isCloseTo(statistics.covariance()[i / 3][i % 3], within(1e-6));
    }
  }

  /** ImageNet's well-known constants: 0.2175, 0.0188, 0.0045 for pixels of 0-1. */
  @Test
  void shiftHasTheUsualMagnitude() {
    double one = 0.2175 * 255 * 255;
    double[][] covariance = {{one, 0, 0}, {0, one / 10, 0}, {0, 0, one / 40}};
    ColorStatistics statistics = ColorStatistics.of(Rgb.ZERO, covariance);
    assertThat(statistics.shift(0.1, 0, 0).red()).isCloseTo(5.546, within(0.01));
    assertThat(statistics.shift(0, 0.1, 0).green()).isCloseTo(0.5546, within(0.001));
    assertThat(statistics.shift(0, 0, -0.1).blue()).isCloseTo(-0.1387, within(0.001));
    assertThat(statistics.shift(0, 0, 0)).isEqualTo(Rgb.ZERO);
    assertThat(statistics.toString()).hasSizeLessThan(81).contains("118.9");
  }

  @Test
  void threadsDoNotChangeABit() throws Exception {
    Images images = Goldens.images(root, 9, 8);
    ColorStatistics here = ColorStatistics.of(images);
    for (int threads : new int[] {1, 3}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      ColorStatistics there = pool.submit(() -> ColorStatistics.of(images)).get();
      pool.shutdown();
      assertThat(there.mean()).isEqualTo(here.mean());
      assertThat(there.covariance()).isDeepEqualTo(here.covariance());
      assertThat(there.shift(1, 2, 3)).isEqualTo(here.shift(1, 2, 3));
    }
    ColorStatistics again = ColorStatistics.of(here.mean(), here.covariance());
    assertThat(again.eigenvectors()).isDeepEqualTo(here.eigenvectors());
  }

  @Test
  void aFlatSetHasNoShift() throws IOException {
    Goldens.write(RgbImage.of(1, 1, new byte[] {9, 9, 9}), root.resolve("a/1.png"));
    Goldens.write(RgbImage.of(1, 1, new byte[] {9, 9, 9}), root.resolve("b/1.png"));
    ColorStatistics flat = ColorStatistics.of(Images.folder(root));
    assertThat(flat.shift(1, 1, 1)).isEqualTo(Rgb.ZERO);
    assertThatThrownBy(() -> ColorStatistics.of(Images.folder(root).subset()))
        .isInstanceOf(VerydeepException.class);
    assertThatThrownBy(() -> ColorStatistics.of(Rgb.ZERO, new double[2][2]))
        .hasMessageContaining("3 x 3");
  }
}
