package verydeep.network;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Random numbers that are the same on each JDK. {@link SplittableRandom}'s normal numbers are not:
 * from JDK 17 to 25 about one in a million changed, and with it the count of bits drawn, so that
 * all later weights of a layer were others.
 *
 * <p>Normal numbers come from McFarland's ziggurat (2016) as Commons RNG implements it. JDK 17 uses
 * the same method and tables; where a number takes more than one draw, it takes the first draw's
 * sign and Commons RNG the opposite one. With the first draw's sign, weights in 32 bits are those
 * that JDK 17 has always drawn.
 */
final class WeightDraws implements RandomGenerator {

  private final SplittableRandom random;
  private final SharedStateContinuousSampler normal;
  private boolean begun;
  private boolean negative;

  WeightDraws(SplittableRandom random) {
    this.random = random;
    UniformRandomProvider bits = this::nextBits;
    this.normal = ZigguratSampler.NormalizedGaussian.of(bits);
  }

  private long nextBits() {
    long bits = random.nextLong();
    if (!begun) {
      begun = true;
      negative = bits < 0;
    }
    return bits;
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public double nextDouble() {
    return random.nextDouble();
  }

  @Override
  public double nextGaussian() {
    begun = false;
    double size = Math.abs(normal.sample());
    return negative ? -size : size;
  }
}
