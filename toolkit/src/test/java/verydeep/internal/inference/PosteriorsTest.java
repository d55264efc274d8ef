package verydeep.internal.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PosteriorsTest {

  @Test
  void largeScoresDoNotOverflow() {
    double[] posterior = Posteriors.softMax(new float[] {1000, 999, -1e30f});

    assertThat(posterior[0]).isEqualTo(1 / (1 + Math.exp(-1)), within(1e-12));
    assertThat(posterior[1]).isEqualTo(1 - posterior[0], within(1e-12));
    assertThat(posterior[2]).isZero();
  }

  @Test
  void equalScoresShareEqually() {
    assertThat(Posteriors.softMax(new float[] {-3, -3, -3, -3})).containsOnly(0.25);
    assertThat(Posteriors.softMax(new float[] {7})).containsExactly(1);
  }

  @Test
  void theyAddUpToOneAndKeepTheOrder() {
    double[] posterior = Posteriors.softMax(new float[] {0.1f, -2, 3, 0.2f});

    assertThat(DoubleStream.of(posterior).sum()).isEqualTo(1, within(1e-12));
    assertThat(posterior[2]).isGreaterThan(posterior[3]);
    assertThat(posterior[3]).isGreaterThan(posterior[0]);
    assertThat(posterior[0]).isGreaterThan(posterior[1]);
  }

  @Test
  void aScoreThatIsNotANumberIsNotHidden() {
    assertThat(Posteriors.softMax(new float[] {1, Float.NaN})).contains(Double.NaN);
  }
}
