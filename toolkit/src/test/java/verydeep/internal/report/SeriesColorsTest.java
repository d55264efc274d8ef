package verydeep.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How far apart the colors of a chart are for people who see red, green or blue otherwise: the
 * distance in CIELAB after the simulation of Machado, Oliveira and Fernandes (2009), full severity.
 */
class SeriesColorsTest {

  /** Two patches of this distance side by side are told apart at a glance; 2.3 is just visible. */
  private static final double APART = 15;

  private static final double[][] NORMAL = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  private static final Map<String, double[][]> VISION =
      Map.of(
          "normal",
          NORMAL,
          "protanopia",
          new double[][] {
            {0.152286, 1.052583, -0.204868},
            {0.114503, 0.786281, 0.099216},
            {-0.003882, -0.048116, 1.051998}
          },
          "deuteranopia",
          new double[][] {
            {0.367322, 0.860646, -0.227968},
            {0.280085, 0.672501, 0.047413},
            {-0.011820, 0.042940, 0.968881}
          },
          "tritanopia",
          new double[][] {
            {1.255528, -0.076749, -0.178779},
            {-0.078411, 0.930809, 0.147602},
            {0.004733, 0.691367, 0.303900}
          });

  @Test
  void tenColorsCanBeToldApart() {
    areApart(10);
  }

  @Test
  void sevenColorsCanBeToldApart() {
    areApart(7);
  }

  @Test
  void redAndGreenOfEqualLightnessWouldFail() {
    double apart = distance(new Color(0xff7f0e), new Color(0x2ca02c), VISION.get("protanopia"));
    assertThat(apart).isLessThan(APART);
  }

  @Test
  void fortySeriesDifferByColorOrMark() {
    Set<String> looks =
        IntStream.range(0, 40)
            .mapToObj(i -> SeriesColors.of(i, 40) + " " + Style.mark(i))
            .collect(Collectors.toSet());
    assertThat(looks).hasSize(40);
  }

  private static void areApart(int count) {
    List<Color> colors =
        IntStream.range(0, count).mapToObj(i -> SeriesColors.of(i, count)).toList();
    VISION.forEach(
        (name, matrix) -> {
          for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
              assertThat(distance(colors.get(i), colors.get(j), matrix))
                  .as("%s and %s for %s", colors.get(i), colors.get(j), name)
                  .isGreaterThan(APART);
            }
          }
        });
  }

  private static double distance(Color one, Color other, double[][] vision) {
    double[] a = lab(one, vision);
    double[] b = lab(other, vision);
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }

  /** The standard's CIELAB of sRGB as it is seen, white D65. */
  private static double[] lab(Color color, double[][] vision) {
    double[] seen = times(vision, color.getRGBColorComponents(null));
    double[] xyz = new double[3];
    double[][] toXyz = {
      {0.4124564, 0.3575761, 0.1804375},
      {0.2126729, 0.7151522, 0.0721750},
      {0.0193339, 0.1191920, 0.9503041}
    };
    double[] white = {0.95047, 1, 1.08883};
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        xyz[row] += toXyz[row][column] * seen[column] / white[row];
      }
      xyz[row] = xyz[row] > 0.008856 ? Math.cbrt(xyz[row]) : 7.787 * xyz[row] + 16 / 116.0;
    }
    return new double[] {116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])};
  }

  /** Linear light of each part, mixed, within what a screen can show. */
  private static double[] times(double[][] vision, float[] color) {
    double[] seen = new double[3];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        double part = color[column];
        double linear = part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        seen[row] += vision[row][column] * linear;
      }
      seen[row] = Math.max(0, Math.min(1, seen[row]));
    }
    return seen;
  }
}
