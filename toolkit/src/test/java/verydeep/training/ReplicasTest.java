package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.internal.tasks.LossCounts;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
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

  private static DjlDescent descent(Vgg net, int replicas, int microBatch) {
    return descent(Parameters.initial(net, 5), LayerRates.EVEN, replicas, microBatch);
  }

  private static DjlDescent descent(
      Parameters initial, LayerRates rates, int replicas, int microBatch) {
    List<Device> devices = Collections.nCopies(replicas, Device.cpu());
    return new DjlDescent(
        initial,
        Recipe.paper().batch(BATCH),
        new DjlDescent.Setting(devices, rates, microBatch, Precision.FLOAT32));
  }

  /**
   * Training of the fully connected layers alone, in which rounding decides nothing: their biases
   * are so large that each relu passes all it gets, whatever the last digits are. So many steps of
   * two such trainings can be compared closely, on any processor.
   */
  private static DjlDescent undecided(double dropout, int replicas, int microBatch) {
    Parameters drawn = Parameters.initial(net(dropout), 5);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : drawn.names()) {
      Tensor tensor = drawn.get(name);
      if (name.equals("fc6.bias") || name.equals("fc7.bias")) {
        float[] high = new float[tensor.size()];
        Arrays.fill(high, 50);
        tensor = Tensor.of(tensor.sizes(), high);
      } else if (name.equals("fc6.weight")) {
        float[] low = tensor.toArray();
        for (int i = 0; i < low.length; i++) {
          low[i] *= 0.01f;
        }
        tensor = Tensor.of(tensor.sizes(), low);
      }
      tensors.put(name, tensor);
    }
    return descent(
        Parameters.of(net(dropout), tensors),
        LayerRates.EVEN.freezeThrough("pool5"),
        replicas,
        microBatch);
  }

  private static FloatBuffer pixels(int images, long seed) {
    Random random = new Random(seed);
    FloatBuffer pixels = FloatBuffer.allocate(images * 3 * SIDE * SIDE);
    while (pixels.hasRemaining()) {
      pixels.put((float) random.nextGaussian() * 60);
    }
    return pixels.flip();
  }

  private static int[] labels(int images, long seed) {
    return new Random(seed).ints(images, 0, 3).toArray();
  }

  /** Twenty steps, each on another batch. */
  private static Parameters train(GradientDescent descent) {
    for (int step = 0; step < 20; step++) {
      descent.step(pixels(BATCH, step), labels(BATCH, step), 1e-5, step);
    }
    return descent.snapshot();
  }

  private static double difference(Parameters one, Parameters other) {
    return one.names().stream()
        .mapToDouble(n -> Goldens.difference(one.get(n).toArray(), other.get(n).toArray()))
        .max()
        .orElseThrow();
  }

  /** How far an array was moved otherwise, as a share of how far it was moved. */
  private static double share(Parameters one, Parameters other, Parameters before, String name) {
    float[] a = one.get(name).toArray();
    float[] b = other.get(name).toArray();
    float[] from = before.get(name).toArray();
    double apart = 0;
    double moved = 0;
    for (int i = 0; i < a.length; i++) {
      apart += Math.pow(a[i] - b[i], 2);
      moved += Math.pow(b[i] - from[i], 2);
    }
    assertThat(moved).as("%s has moved", name).isPositive();
    return Math.sqrt(apart / moved);
  }

  /**
   * The whole gradient of one step. The last layer's is a smooth function of the images; in those
   * below it, the last digits may decide a relu or a maximum otherwise for another share of the
   * batch, which then changes a few of many summands.
   */
  private static void assertSameStep(Parameters given, Parameters expected, Parameters before) {
    for (String name : expected.names()) {
      double allowed = name.startsWith("fc8") ? 1e-4 : 0.1;
      assertThat(share(given, expected, before, name)).as(name).isLessThan(allowed);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "4, 0", "2, 0.5", "4, 0.5", "3, 0.5"})
  void replicasTakeTheStepOfOne(int replicas, double dropout) {
    try (GradientDescent one = descent(net(dropout), 1, 100);
        GradientDescent many = descent(net(dropout), replicas, 100)) {
      one.step(pixels(BATCH, 1), labels(BATCH, 1), 0.002, 1);
      many.step(pixels(BATCH, 1), labels(BATCH, 1), 0.002, 1);
      assertSameStep(many.snapshot(), one.snapshot(), Parameters.initial(net(dropout), 5));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "4, 0", "2, 0.5", "4, 0.5", "3, 0.5"})
  void replicasEndWithTheWeightsOfOne(int replicas, double dropout) {
    try (GradientDescent one = undecided(dropout, 1, 100);
        GradientDescent many = undecided(dropout, replicas, 100)) {
      Parameters before = one.snapshot();
      Parameters expected = train(one);
      assertThat(difference(train(many), expected)).isLessThan(1e-6);
      assertThat(difference(expected, before)).as("they have moved").isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 12, 13})
  void piecesOfABatchTakeTheStepOfTheWhole(int microBatch) {
    try (GradientDescent whole = descent(net(0.5), 1, 100);
        GradientDescent pieces = descent(net(0.5), 1, microBatch)) {
      whole.step(pixels(BATCH, 1), labels(BATCH, 1), 0.002, 1);
      pieces.step(pixels(BATCH, 1), labels(BATCH, 1), 0.002, 1);
      assertSameStep(pieces.snapshot(), whole.snapshot(), Parameters.initial(net(0.5), 5));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 12, 13})
  void piecesOfABatchEndWithTheWeightsOfTheWhole(int microBatch) {
    try (GradientDescent whole = undecided(0.5, 1, 100);
        GradientDescent pieces = undecided(0.5, 1, microBatch)) {
      assertThat(difference(train(pieces), train(whole))).isLessThan(1e-6);
    }
  }

  @Test
  void lossAndErrorsAreThoseOfTheWholeBatch() {
    try (GradientDescent one = descent(net(0.5), 1, 100);
        GradientDescent many = descent(net(0.5), 3, 2)) {
      LossCounts expected = one.step(pixels(BATCH, 1), labels(BATCH, 1), 0.01, 3);
      LossCounts given = many.step(pixels(BATCH, 1), labels(BATCH, 1), 0.01, 3);
      assertThat(given.loss()).isCloseTo(expected.loss(), within(1e-4));
      assertThat(given.wrong()).isEqualTo(expected.wrong());
      assertThat(given.images()).isEqualTo(BATCH);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void replicasAreEqualToTheBitAfterEachStep(boolean batchNorm) {
    Vgg net = net(0.5).with().batchNorm(batchNorm).build();
    try (DjlDescent three = descent(net, 3, 100)) {
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
    try (GradientDescent one = undecided(0.5, 1, 100);
        GradientDescent four = undecided(0.5, 4, 100)) {
      for (int step = 0; step < 3; step++) {
        int images = 2 + step;
        one.step(pixels(images, step), labels(images, step), 1e-5, step);
        four.step(pixels(images, step), labels(images, step), 1e-5, step);
      }
      assertThat(difference(four.snapshot(), one.snapshot())).isLessThan(1e-6);
    }
  }

  @Test
  void sharesAreAsEvenAsCanBe() {
    assertThat(DjlDescent.shares(256, 4)).containsExactly(64, 64, 64, 64);
    assertThat(DjlDescent.shares(13, 4)).containsExactly(4, 3, 3, 3);
    assertThat(DjlDescent.shares(2, 4)).containsExactly(1, 1, 0, 0);
  }

  @Test
  void masksDependOnTheExampleAndNotOnItsShare() {
    DropoutMasks masks = new DropoutMasks(net(0.5), 7);
    assertThat(masks.count()).isEqualTo(2);
    float[] all = masks.mask(1, 0, 6);
    float[] some = masks.mask(1, 2, 5);
    int units = masks.units(1);
    assertThat(some).isEqualTo(Arrays.copyOfRange(all, 2 * units, 5 * units));
    assertThat(masks.mask(0, 0, 6)).isNotEqualTo(all);
    assertThat(new DropoutMasks(net(0.5), 8).mask(1, 0, 6)).isNotEqualTo(all);
  }

  @Test
  void masksDrawnAheadAreTheSame() {
    DropoutMasks masks = new DropoutMasks(net(0.5), 7);
    DropoutMasks ahead = DropoutMasks.drawnAhead(net(0.5), 7, 6);
    assertThat(ahead.isOf(6)).isTrue();
    assertThat(ahead.isOf(5)).isFalse();
    for (int drop = 0; drop < 2; drop++) {
      assertThat(ahead.mask(drop, 0, 6)).isEqualTo(masks.mask(drop, 0, 6));
      assertThat(ahead.mask(drop, 2, 5)).isEqualTo(masks.mask(drop, 2, 5));
    }
  }

  @Test
  void manyMasksAreTheSameAsFew() {
    Vgg wide = Vgg.of(Configuration.A).classes(3).input(SIDE).dropout(0.5).build();
    DropoutMasks masks = new DropoutMasks(wide, 7);
    float[] many = masks.mask(0, 0, 40); // enough for several threads
    for (int example : new int[] {0, 17, 39}) {
      assertThat(Arrays.copyOfRange(many, example * 4096, (example + 1) * 4096))
          .isEqualTo(masks.mask(0, example, example + 1));
    }
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
