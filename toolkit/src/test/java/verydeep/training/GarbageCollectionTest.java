package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import verydeep.internal.tasks.Targets;
import verydeep.localization.SampleTargets;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * A collected array whose numbers libtorch still needs makes gradients of what lies in its memory
 * next: rare, without an error, and the end of a training.
 */
@Timeout(240) // a collection after the other, on a busy machine
class GarbageCollectionTest {

  private static final int SIDE = 32;
  private static final int BATCH = 2;
  private static final int STEPS = 80;

  static Stream<Arguments> cases() {
    Targets classes = new ClassTargets(new int[] {0, 2});
    return Stream.of(
        arguments(named("classes", Configuration.A), classes),
        arguments(named("activation normalization", Configuration.A_LRN), classes),
        arguments(named("boxes", Configuration.A), SampleTargets.two()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreTheSameWhileGarbageIsCollected(Configuration configuration, Targets targets)
      throws InterruptedException {
    Vgg net = Vgg.of(configuration).classes(4).width(1 / 64.0).input(SIDE).dropout(0.5).build();
    FloatBuffer pixels = FloatBuffer.allocate(BATCH * 3 * SIDE * SIDE);
    Random random = new Random(1);
    while (pixels.hasRemaining()) {
      pixels.put((float) random.nextGaussian() * 60);
    }
    pixels.flip();
    DropoutMasks masks = new DropoutMasks(net, 1);
    BatchWork work = new BatchWork(new Inputs.Floats(pixels), targets, masks, 1, BATCH);
    Parameters initial = Parameters.initial(net, 5);
    Thread collecting = new Thread(GarbageCollectionTest::collect);
    collecting.setDaemon(true);
    try (Replica replica = new Replica(Device.cpu(), initial, LayerRates.EVEN, Precision.FLOAT32)) {
      float[] expected = gradients(replica, work);
      collecting.start();
      for (int step = 0; step < STEPS; step++) {
        assertThat(gradients(replica, work)).as("step %d", step).isEqualTo(expected);
      }
    } finally {
      collecting.interrupt();
      collecting.join();
    }
  }

  /** The largest gradient of each array. */
  private static float[] gradients(Replica replica, BatchWork work) {
    replica.clearGradients();
    replica.gradients(work, 0, BATCH);
    Map<ParameterShape, NDArray> learned = replica.learned();
    float[] largest = new float[learned.size()];
    int at = 0;
    for (ParameterShape shape : learned.keySet()) {
      try (NDArray gradient = replica.gradient(shape);
          NDArray magnitude = gradient.abs();
          NDArray max = magnitude.max()) {
        largest[at++] = max.getFloat();
      }
    }
    return largest;
  }

  /** Collects, and writes into the memory that it frees. */
  private static void collect() {
    ByteBuffer[] buffers = new ByteBuffer[1000];
    while (!Thread.currentThread().isInterrupted()) {
      System.gc();
      Arrays.setAll(buffers, i -> ByteBuffer.allocateDirect(8).putLong(0, -1));
    }
  }
}
