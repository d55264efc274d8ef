package verydeep.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import verydeep.internal.tasks.Targets;
import verydeep.localization.SampleTargets;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * Finds the gradients of one batch again and again while another thread collects garbage. Called
 * with what is learned; prints "the same" if they never changed.
 */
final class CollectedGradients {

  private static final int SIDE = 32;
  private static final int BATCH = 2;
  private static final int STEPS = 80;

  private CollectedGradients() {}

  public static void main(String[] arguments) {
    String kind = arguments[0];
    Configuration configuration =
        kind.equals("activation normalization") ? Configuration.A_LRN : Configuration.A;
    Targets targets =
        kind.equals("boxes") ? SampleTargets.two() : new ClassTargets(new int[] {0, 2});
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
    Thread collecting = new Thread(CollectedGradients::collect);
    collecting.setDaemon(true);
    try (Replica replica = new Replica(Device.cpu(), initial, LayerRates.EVEN, Precision.FLOAT32)) {
      float[] expected = gradients(replica, work);
      collecting.start();
      for (int step = 0; step < STEPS; step++) {
        float[] found = gradients(replica, work);
        if (!Arrays.equals(found, expected)) {
          throw new IllegalStateException(
              "step "
                  + step
                  + ": "
                  + Arrays.toString(found)
                  + ", not "
                  + Arrays.toString(expected));
        }
      }
    }
    System.out.println("the same");
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
