package verydeep.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** First weights are the same for the same seed, on whichever JDK. */
class WeightDrawsTest {

  private static final int MANY = 1_000_000;

  private static SplittableRandom random(long seed) {
    return new SplittableRandom(seed).split();
  }

  /** From JDK 17's SplittableRandom; JDK 25's draws others for the second seed. */
  @ParameterizedTest
  @CsvSource({"0, 7a0f6596", "21, a6339e31"})
  void normalNumbersAreThoseOfJdk17(long seed, String checksum) {
    WeightDraws draws = new WeightDraws(random(seed));
    ByteBuffer bytes = ByteBuffer.allocate(4 * MANY).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < MANY; i++) {
      bytes.putFloat((float) draws.nextGaussian());
    }
    CRC32 sum = new CRC32();
    sum.update(bytes.flip());
    assertThat(Long.toHexString(sum.getValue())).isEqualTo(checksum);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_17, max = JRE.JAVA_17)
  void normalNumbersAreThoseOfThisJdk17() {
    for (long seed = 100; seed < 104; seed++) {
      WeightDraws draws = new WeightDraws(random(seed));
      SplittableRandom jdk = random(seed);
      for (int i = 0; i < MANY; i++) {
        assertThat((float) draws.nextGaussian()).isEqualTo((float) jdk.nextGaussian());
      }
    }
  }

  @Test
  void uniformNumbersAreTheJdks() {
    WeightDraws draws = new WeightDraws(random(3));
    SplittableRandom jdk = random(3);
    for (int i = 0; i < 1000; i++) {
      assertThat(draws.nextDouble()).isEqualTo(jdk.nextDouble());
      assertThat(draws.nextLong()).isEqualTo(jdk.nextLong());
    }
  }
}
