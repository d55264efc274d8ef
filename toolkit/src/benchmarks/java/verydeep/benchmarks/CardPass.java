package verydeep.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.images.Levels;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * The scores of a batch of noise by DJL's forward pass: of levels on a card, as tests show them, of
 * numbers on a CPU.
 */
final class CardPass implements Contestant {

  private final ForwardPass pass;
  private final Optional<Levels> levels;
  private final FloatBuffer pixels;
  private final List<String> scores;
  private final int batch;
  private final int side;

  CardPass(Vgg network, int batch, DjlForwardPass.Numbers numbers) {
    this.batch = batch;
    side = network.input();
    pass = DjlForwardPass.of(Parameters.initial(network, 1), numbers);
    levels = pass.levels(batch, side * side);
    scores = List.of(network.layers().get(network.layers().size() - 1).name());
    levels.ifPresent(Noise::fill);
    Random random = new Random(1);
    int size = levels.isPresent() ? 0 : batch * 3 * side * side;
    pixels = ByteBuffer.allocateDirect(4 * size).order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (int i = 0; i < size; i++) {
      pixels.put(i, 60 * (float) random.nextGaussian());
    }
  }

  @Override
  public void step() {
    List<Activations> found =
        levels
            .map(memory -> pass.run(memory, side, side, scores))
            .orElseGet(() -> pass.run(pixels, batch, side, side, scores));
    float score = found.get(0).values()[0];
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
