package verydeep.internal.images;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import verydeep.VerydeepException;

/**
 * Sums over the pixels of images, from which the statistics of their colors follow. They are exact
 * integers, so those of the parts of a set, added in any order, give the statistics of the whole
 * set, bit for bit.
 *
 * @param values the number of pixels, the sums of R, G and B, and those of RR, RG, RB, GG, GB and
 *     BB, in units of 0-255
 */
public record ColorSums(List<BigInteger> values) {

  private static final int COUNT = 10;

  /** The sums of no pixels. */
  public static final ColorSums NONE = new ColorSums(Collections.nCopies(COUNT, BigInteger.ZERO));

  /** Checks that there are ten numbers, none of them negative. */
  public ColorSums {
    values = List.copyOf(values);
    if (values.size() != COUNT || values.stream().anyMatch(value -> value.signum() < 0)) {
      throw new VerydeepException(
          "The color sums are %s; %d numbers are needed, none below 0.".formatted(values, COUNT));
    }
  }

  /** Returns the sums over interleaved pixels. */
  public static ColorSums of(byte[] rgb) {
    long[] sums = new long[COUNT]; // one image has less than 2^31 pixels of at most 2^16
    for (int i = 0; i < rgb.length; i += 3) {
      int red = rgb[i] & 0xff;
      int green = rgb[i + 1] & 0xff;
      int blue = rgb[i + 2] & 0xff;
      sums[1] += red;
      sums[2] += green;
      sums[3] += blue;
      sums[4] += (long) red * red;
      sums[5] += (long) red * green;
      sums[6] += (long) red * blue;
      sums[7] += (long) green * green;
      sums[8] += (long) green * blue;
      sums[9] += (long) blue * blue;
    }
    sums[0] = rgb.length / 3;
    return new ColorSums(LongStream.of(sums).mapToObj(BigInteger::valueOf).toList());
  }

  /** Returns the sums of these images and of others. */
  public ColorSums plus(ColorSums other) {
    return new ColorSums(
        IntStream.range(0, COUNT).mapToObj(i -> values.get(i).add(other.values.get(i))).toList());
  }

  /** Returns the number of pixels. */
  public BigInteger pixels() {
    return values.get(0);
  }

  /** Returns the mean of red, green and blue; NaN if there are no pixels. */
  public double[] mean() {
    return new double[] {mean(1), mean(2), mean(3)};
  }

  /** Returns the covariance of red, green and blue, 3 x 3; there must be a pixel. */
  public double[][] covariance() {
    double[][] covariance = new double[3][3];
    int pair = 4;
    for (int i = 0; i < 3; i++) {
      for (int j = i; j < 3; j++) {
        covariance[i][j] = covariance(values.get(pair++), values.get(i + 1), values.get(j + 1));
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }

  /** The quotient of two doubles, as always; both are exact below 2^53. */
  private double mean(int channel) {
    return values.get(channel).doubleValue() / pixels().doubleValue();
  }

  /** Returns {@code (n * sumXy - sumX * sumY) / n^2}, exact except for the final rounding. */
  private double covariance(BigInteger sumXy, BigInteger sumX, BigInteger sumY) {
    BigInteger spread = pixels().multiply(sumXy).subtract(sumX.multiply(sumY));
    return new BigDecimal(spread)
        .divide(new BigDecimal(pixels().multiply(pixels())), MathContext.DECIMAL64)
        .doubleValue();
  }

  /** Returns the number of pixels and their mean color. */
  @Override
  public String toString() {
    return pixels().signum() == 0
        ? "no pixels"
        : "%,d pixels, mean RGB %.1f %.1f %.1f".formatted(pixels(), mean(1), mean(2), mean(3));
  }
}
