package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * Section 3.3: the gradient of a batch that is shared between devices is that of the whole batch.
 */
@Timeout(60)
class ReplicasTest {

  private static final int SIDE = 32;
  private static final int BATCH = 13;

  private static Vgg net(double dropout) {
    return Vgg.of(Configuration.A).classes(3).width(1 / 16.0).input(SIDE).dropout(dropout).build();
  }

  private static GradientDescent descent(Vgg net, int replicas, int atOnce) {
    List<Device> devices = Collections.nCopies(replicas, Device.cpu());
    return new GradientDescent(
        Parameters.initial(net, 5),
        Recipe.paper().batch(BATCH),
        new GradientDescent.Setting(devices, LayerRates.EVEN, atOnce, Precision.FLOAT32));
  }

  private static FloatBuffer pixels(int pictures, long seed) {
    Random random = new Random(seed);
    FloatBuffer pixels = FloatBuffer.allocate(pictures * 3 * SIDE * SIDE);
    while (pixels.hasRemaining()) {
      pixels.put((float) random.nextGaussian() * 60);
    }
    return pixels.flip();
  }

  private static int[] labels(int pictures, long seed) {
    return new Random(seed).ints(pictures, 0, 3).toArray();
  }

  /** Twenty steps, each on another batch. */
  private static Parameters train(GradientDescent descent) {
    for (int step = 0; step < 20; step++) {
      descent.step(pixels(BATCH, step), labels(BATCH, step), 0.002, step);
    }
    return descent.snapshot();
  }

  private static double difference(Parameters one, Parameters other) {
    return one.names().stream()
        .mapToDouble(n -> Goldens.difference(one.get(n).toArray(), other.get(n).toArray()))
        .max()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "4, 0", "2, 0.5", "4, 0.5", "3, 0.5"})
  void replicasEndWithTheWeightsOfOne(int replicas, double dropout) {
    try (GradientDescent one = descent(net(dropout), 1, 100);
        GradientDescent many = descent(net(dropout), replicas, 100)) {
      Parameters expected = train(one);
      assertThat(difference(train(many), expected)).isLessThan(1e-6);
      assertThat(difference(expected, Parameters.initial(net(dropout), 5)))
          .as("they have moved")
          .isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 12, 13})
  void piecesOfABatchEndWithTheWeightsOfTheWhole(int atOnce) {
    try (GradientDescent whole = descent(net(0.5), 1, 100);
        GradientDescent pieces = descent(net(0.5), 1, atOnce)) {
      assertThat(difference(train(pieces), train(whole))).isLessThan(1e-6);
    }
  }

  @Test
  void lossAndErrorsAreThoseOfTheWholeBatch() {
    try (GradientDescent one = descent(net(0.5), 1, 100);
        GradientDescent many = descent(net(0.5), 3, 2)) {
      Outcome expected = one.step(pixels(BATCH, 1), labels(BATCH, 1), 0.01, 3);
      Outcome given = many.step(pixels(BATCH, 1), labels(BATCH, 1), 0.01, 3);
      assertThat(given.loss()).isCloseTo(expected.loss(), within(1e-4));
      assertThat(given.wrong()).isEqualTo(expected.wrong());
      assertThat(given.pictures()).isEqualTo(BATCH);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void replicasAreEqualToTheBitAfterEachStep(boolean batchNorm) {
    Vgg net = net(0.5).with().batchNorm(batchNorm).build();
    try (GradientDescent three = descent(net, 3, 100)) {
      for (int step = 0; step < 5; step++) {
        three.step(pixels(BATCH, step), labels(BATCH, step), 0.01, step);
        Parameters first = three.snapshot(0);
        for (int replica = 1; replica < 3; replica++) {
          Parameters other = three.snapshot(replica);
          for (String name : first.names()) {
            assertThat(other.get(name).toArray())
                .as("%s of replica %d after step %d", name, replica, step)
                .isEqualTo(first.get(name).toArray());
          }
        }
      }
    }
  }

  @Test
  void aBatchSmallerThanTheNumberOfReplicasIsShared() {
    try (GradientDescent one = descent(net(0.5), 1, 100);
        GradientDescent four = descent(net(0.5), 4, 100)) {
      for (int step = 0; step < 3; step++) {
        int pictures = 2 + step;
        one.step(pixels(pictures, step), labels(pictures, step), 0.01, step);
        four.step(pixels(pictures, step), labels(pictures, step), 0.01, step);
      }
      assertThat(difference(four.snapshot(), one.snapshot())).isLessThan(1e-6);
    }
  }

  @Test
  void sharesAreAsEvenAsCanBe() {
    assertThat(GradientDescent.shares(256, 4)).containsExactly(64, 64, 64, 64);
    assertThat(GradientDescent.shares(13, 4)).containsExactly(4, 3, 3, 3);
    assertThat(GradientDescent.shares(2, 4)).containsExactly(1, 1, 0, 0);
  }

  @Test
  void masksDependOnTheExampleAndNotOnItsShare() {
    DropoutMasks masks = new DropoutMasks(net(0.5), 7);
    assertThat(masks.count()).isEqualTo(2);
    float[] all = masks.mask(1, 0, 6);
    float[] some = masks.mask(1, 2, 5);
    int units = masks.units(1);
    assertThat(some).isEqualTo(java.util.Arrays.copyOfRange(all, 2 * units, 5 * units));
    assertThat(masks.mask(0, 0, 6)).isNotEqualTo(all);
    assertThat(new DropoutMasks(net(0.5), 8).mask(1, 0, 6)).isNotEqualTo(all);
  }

  @Test
  void masksKeepTheRightShareOfUnitsAndTheirMean() {
    DropoutMasks masks = new DropoutMasks(net(0.25), 7);
    float[] mask = masks.mask(0, 0, 400);
    long dropped = IntStream.range(0, mask.length).filter(i -> mask[i] == 0).count();
    assertThat(dropped / (double) mask.length).isCloseTo(0.25, within(0.01));
    for (float value : mask) {
      assertThat(value).isIn(0f, (float) (1 / 0.75));
    }
    for (int unit = 0; unit < masks.units(0); unit++) {
      int kept = 0;
      for (int example = 0; example < 400; example++) {
        kept += mask[example * masks.units(0) + unit] == 0 ? 0 : 1;
      }
      assertThat(kept / 400.0).as("unit %d", unit).isCloseTo(0.75, within(0.12));
    }
  }
}
