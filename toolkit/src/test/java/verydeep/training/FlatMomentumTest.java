package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/** The step that cards take, on the CPU: it must not matter how the arrays lie. */
@Timeout(60)
class FlatMomentumTest {

  private static final int SIDE = 32;
  private static final int BATCH = 5;
  private static final Recipe RECIPE = Recipe.paper().batch(BATCH);

  /** Channels and classes that are no multiples of what a card wants, so that there are gaps. */
  private static final Vgg NET =
      Vgg.of(Configuration.A).classes(3).width(1 / 16.0).input(SIDE).build();

  private static final LayerRates RATES =
      LayerRates.EVEN.freezeThrough("conv1_1").rate("fc8", 10).decay("fc6", 0);

  /** Weights and momentum after some steps, the loss of each of which is multiplied. */
  private static Parameters[] steps(
      Precision precision, float scale, Function<Replica, Momentum> made) {
    Parameters initial = Parameters.initial(NET, 5);
    try (Replica replica = new Replica(Device.cpu(), initial, RATES, precision)) {
      JniUtils.setGradMode(false);
      Momentum momentum = made.apply(replica);
      JniUtils.setGradMode(true);
      replica
          .learned()
          .forEach((shape, array) -> assertThat(array.hasGradient()).as(shape.name()).isTrue());
      for (int step = 0; step < 3; step++) {
        ClassTargets targets = new ClassTargets(new Random(step).ints(BATCH, 0, 3).toArray());
        Inputs pixels = new Inputs.Floats(pixels(step));
        DropoutMasks masks = new DropoutMasks(NET, step);
        replica.gradients(new BatchWork(pixels, targets, masks, scale, 3), 0, BATCH);
        JniUtils.setGradMode(false);
        assertThat(momentum.step(0.01, 1 / scale, true)).isTrue();
        JniUtils.setGradMode(true);
        replica.clearGradients();
      }
      Parameters weights = replica.snapshot();
      var velocities = new LinkedHashMap<String, Tensor>();
      for (ParameterShape shape : NET.parameterShapes()) {
        velocities.put(
            shape.name(),
            replica.learned().containsKey(shape) ? momentum.get(shape) : initial.get(shape.name()));
      }
      return new Parameters[] {weights, Parameters.of(NET, velocities)};
    }
  }

  private static FloatBuffer pixels(long seed) {
    Random random = new Random(seed);
    FloatBuffer pixels = FloatBuffer.allocate(BATCH * 3 * SIDE * SIDE);
    while (pixels.hasRemaining()) {
      pixels.put((float) random.nextGaussian() * 60);
    }
    return pixels.flip();
  }

  @ParameterizedTest
  @EnumSource
  void weightsAndMomentumHaveTheBitsOfArraysByThemselves(Precision precision) {
    float scale = precision == Precision.MIXED ? 64 : 1;
    Parameters[] expected =
        steps(precision, scale, replica -> new PieceMomentum(RECIPE, RATES, replica));
    Parameters[] given =
        steps(precision, scale, replica -> new FlatMomentum(RECIPE, RATES, replica));
    for (int i = 0; i < 2; i++) {
      for (String name : expected[i].names()) {
        assertThat(given[i].get(name).toArray())
            .as(name)
            .isEqualTo(expected[i].get(name).toArray());
      }
    }
    assertThat(expected[0].checksum()).isNotEqualTo(Parameters.initial(NET, 5).checksum());
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    Parameters initial = Parameters.initial(NET, 5);
    try (Replica replica = new Replica(Device.cpu(), initial, RATES, Precision.MIXED)) {
      Momentum momentum = new FlatMomentum(RECIPE, RATES, replica);
      ClassTargets targets = new ClassTargets(new int[BATCH]);
      Inputs pixels = new Inputs.Floats(pixels(1));
      DropoutMasks masks = new DropoutMasks(NET, 1);
      replica.gradients(new BatchWork(pixels, targets, masks, 1e30f, BATCH), 0, BATCH);
      JniUtils.setGradMode(false);
      assertThat(momentum.step(0.01, 1e-30f, true)).isFalse();
      JniUtils.setGradMode(true);
      assertThat(replica.snapshot().checksum()).isEqualTo(initial.checksum());
    }
  }

  @Test
  void momentumThatIsSetIsGivenBack() {
    Parameters initial = Parameters.initial(NET, 5);
    try (Replica replica = new Replica(Device.cpu(), initial, RATES, Precision.FLOAT32)) {
      Momentum momentum = new FlatMomentum(RECIPE, RATES, replica);
      for (ParameterShape shape : replica.learned().keySet()) {
        momentum.set(shape, initial.get(shape.name()));
      }
      for (ParameterShape shape : replica.learned().keySet()) {
        assertThat(momentum.get(shape).toArray())
            .as(shape.name())
            .isEqualTo(initial.get(shape.name()).toArray());
      }
    }
  }
}
