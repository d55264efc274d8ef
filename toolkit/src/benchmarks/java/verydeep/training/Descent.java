package verydeep.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import verydeep.benchmarks.Contestant;
import verydeep.benchmarks.Versions;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** The step of a training, on the same batch again and again. */
public final class Descent implements Contestant {

  /** Small, so that the loss stays finite on pictures without sense. */
  private static final double RATE = 1e-5;

  private final GradientDescent descent;
  private final FloatBuffer pixels;
  private final int[] labels;
  private int steps;

  /** A network with its first weights, and a batch of noise. */
  public Descent(Vgg network, int batch) {
    descent = new GradientDescent(Parameters.initial(network, 1), Recipe.paper().batch(batch));
    int size = batch * 3 * network.input() * network.input();
    pixels = ByteBuffer.allocateDirect(4 * size).order(ByteOrder.nativeOrder()).asFloatBuffer();
    Random random = new Random(1);
    for (int i = 0; i < size; i++) {
      pixels.put(i, 60 * (float) random.nextGaussian());
    }
    labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % network.classes();
    }
  }

  @Override
  public void step() {
    Outcome outcome = descent.step(pixels.duplicate(), labels, RATE, ++steps);
    if (!Double.isFinite(outcome.loss())) {
      throw new IllegalStateException("the loss is " + outcome.loss());
    }
  }

  @Override
  public String versions() {
    return Versions.djl();
  }

  @Override
  public void close() {
    descent.close();
  }
}
