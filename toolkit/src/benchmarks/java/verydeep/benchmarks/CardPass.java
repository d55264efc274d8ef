package verydeep.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** The scores of a batch of noise by DJL's forward pass. */
final class CardPass implements Contestant {

  private final ForwardPass pass;
  private final FloatBuffer pixels;
  private final int batch;
  private final int side;

  CardPass(Vgg network, int batch, DjlForwardPass.Numbers numbers) {
    this.batch = batch;
    side = network.input();
    pass = DjlForwardPass.of(Parameters.initial(network, 1), numbers);
    int size = batch * 3 * side * side;
    pixels = ByteBuffer.allocateDirect(4 * size).order(ByteOrder.nativeOrder()).asFloatBuffer();
    Random random = new Random(1);
    for (int i = 0; i < size; i++) {
      pixels.put(i, 60 * (float) random.nextGaussian());
    }
  }

  @Override
  public void step() {
    float score = pass.run(pixels, batch, side, side).values()[0];
    if (!Float.isFinite(score)) {
      throw new IllegalStateException("the first score is " + score);
    }
  }

  @Override
  public String versions() {
    return Versions.djl();
  }

  @Override
  public void close() {
    pass.close();
  }
}
