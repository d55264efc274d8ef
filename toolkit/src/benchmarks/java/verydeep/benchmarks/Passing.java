package verydeep.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import verydeep.cpu.Arithmetic;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Initialization;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** A forward pass, He's weights, on the same noise again and again. */
final class Passing implements Contestant {

  private final ForwardPass pass;
  private final FloatBuffer pixels;
  private final int images;
  private final int height;
  private final int width;

  Passing(Arithmetic arithmetic, Vgg network, int images, int height, int width) {
    this.images = images;
    this.height = height;
    this.width = width;
    Vgg drawn = network.with().initialization(Initialization.he()).build();
    pass = Arithmetics.load(arithmetic, Parameters.initial(drawn, 1));
    int size = images * 3 * height * width;
    pixels = ByteBuffer.allocateDirect(4 * size).order(ByteOrder.nativeOrder()).asFloatBuffer();
    Random random = new Random(1);
    for (int i = 0; i < size; i++) {
      pixels.put(i, 60 * (float) random.nextGaussian());
    }
  }

  @Override
  public void step() {
    float[] values = pass.run(pixels.duplicate(), images, height, width).values();
    if (!Float.isFinite(values[0])) {
      throw new IllegalStateException("the first score is " + values[0]);
    }
  }

  @Override
  public String versions() {
    return pass.arithmetic() + ", Java " + Runtime.version().feature();
  }

  @Override
  public void close() {
    pass.close();
  }
}
