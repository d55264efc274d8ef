package verydeep.training;

import ai.djl.Device;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import verydeep.benchmarks.Contestant;
import verydeep.benchmarks.Noise;
import verydeep.benchmarks.Versions;
import verydeep.cpu.Arithmetic;
import verydeep.internal.devices.Gpus;
import verydeep.internal.djl.PinnedMemory;
import verydeep.internal.images.Levels;
import verydeep.internal.tasks.LossCounts;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** The step of a training, on the same batch again and again. */
public final class Descent implements Contestant {

  /** Small, so that the loss stays finite on images without sense. */
  private static final double RATE = 1e-5;

  private final GradientDescent descent;
  private final Inputs inputs;
  private final int[] labels;
  private final PinnedMemory pinned = new PinnedMemory();
  private int steps;

  /**
   * A network with its first weights, and a batch of noise, on the CPU.
   *
   * @param frozenThrough the last frozen layer; null if all layers learn
   */
  public Descent(Vgg network, int batch, Arithmetic arithmetic, String frozenThrough) {
    this(
        network,
        batch,
        Device.cpu(),
        (initial, recipe) -> {
          LayerRates rates = LayerRates.EVEN.freezeThrough(frozenThrough);
          return arithmetic == Arithmetic.DJL
              ? new DjlDescent(
                  initial,
                  recipe,
                  new DjlDescent.Setting(List.of(Device.cpu()), rates, batch, Precision.FLOAT32))
              : new KernelDescent(initial, recipe, rates, arithmetic, 1, batch);
        });
  }

  /** The same on the first card if there is one, as a training does it there. */
  public static Descent onCard(Vgg network, int batch, Precision precision) {
    boolean card = Gpus.count() > 0;
    List<Device> devices = List.of(card ? Device.gpu() : Device.cpu());
    DjlDescent.Setting setting =
        new DjlDescent.Setting(devices, LayerRates.EVEN, MicroBatch.FITTING, precision);
    return new Descent(
        network,
        batch,
        devices.get(0),
        (initial, recipe) -> new DjlDescent(initial, recipe, setting));
  }

  private Descent(
      Vgg network,
      int batch,
      Device device,
      BiFunction<Parameters, Recipe, GradientDescent> maker) {
    descent = maker.apply(Parameters.initial(network, 1), Recipe.paper().batch(batch));
    int size = batch * 3 * network.input() * network.input();
    Random random = new Random(1);
    if (device.isGpu()) {
      Levels levels = Levels.allocate(batch, network.input() * network.input());
      Noise.fill(levels);
      pinned.pin(levels.bytes());
      inputs = new Inputs.Looked(levels);
    } else {
      FloatBuffer pixels = floats(size);
      for (int i = 0; i < size; i++) {
        pixels.put(i, 60 * (float) random.nextGaussian());
      }
      inputs = new Inputs.Floats(pixels);
    }
    labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % network.classes();
    }
  }

  private static FloatBuffer floats(int size) {
    return ByteBuffer.allocateDirect(4 * size).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public void step() {
    descent.expect(steps + 2, labels.length);
    LossCounts counts = descent.step(inputs, new ClassTargets(labels), RATE, ++steps);
    if (!Double.isFinite(counts.loss())) {
      throw new IllegalStateException("the loss is " + counts.loss());
    }
  }

  @Override
  public String versions() {
    return Versions.djl() + ", " + descent.description();
  }

  @Override
  public void close() {
    pinned.close();
    descent.close();
  }
}
