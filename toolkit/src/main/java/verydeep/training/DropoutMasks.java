package verydeep.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import verydeep.network.Layer;
import verydeep.network.Vgg;

/**
 * Which units dropout sets to zero in one step (section 3.1). Drawn for each example of the batch
 * by itself, so that they are the same however a batch is shared between devices or cut into pieces
 * that fit into memory, and on every device. Units that stay are divided by the share that stays,
 * so that testing needs no change.
 */
final class DropoutMasks {

  /** Numbers from which on they are drawn by several threads: half a millisecond's. */
  private static final int MANY = 1 << 17;

  /** A layer's rate and its units. */
  private record Drop(double rate, int units) {}

  private final List<Drop> drops = new ArrayList<>();
  private final long seed;

  /** All masks by dropout, if they are drawn ahead; of this many examples. */
  private final List<CompletableFuture<float[]>> drawn = new ArrayList<>();

  private int examples;

  /**
   * The masks of a step.
   *
   * @param network whose dropouts
   * @param seed of this step
   */
  DropoutMasks(Vgg network, long seed) {
    this.seed = seed;
    if (network.dropout() == 0 || network.convolutionsOnly()) {
      return;
    }
    int units = 0;
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.FullyConnected fullyConnected) {
        units = fullyConnected.outputs();
      } else if (layer instanceof Layer.Dropout dropout) {
        drops.add(new Drop(dropout.rate(), units));
      }
    }
  }

  /**
   * The masks of a step to come, which other threads draw meanwhile.
   *
   * @param network whose dropouts
   * @param seed of that step
   * @param examples in its batch
   */
  static DropoutMasks drawnAhead(Vgg network, long seed, int examples) {
    DropoutMasks masks = new DropoutMasks(network, seed);
    masks.examples = examples;
    for (int i = 0; i < masks.count(); i++) {
      int drop = i;
      masks.drawn.add(CompletableFuture.supplyAsync(() -> masks.draw(drop, 0, examples)));
    }
    return masks;
  }

  /** Whether these are masks for a batch of so many examples. */
  boolean isOf(int examples) {
    return drawn.isEmpty() || examples == this.examples;
  }

  /** How many dropouts there are. */
  int count() {
    return drops.size();
  }

  /** The units of the layer that a dropout follows. */
  int units(int drop) {
    return drops.get(drop).units();
  }

  /**
   * A dropout's mask for some examples of the batch.
   *
   * @param from the first example
   * @param to behind the last one
   * @return what each unit is multiplied with, examples x units
   */
  float[] mask(int drop, int from, int to) {
    if (drawn.isEmpty()) {
      return draw(drop, from, to);
    }
    float[] all = drawn.get(drop).join();
    int units = units(drop);
    return from == 0 && to == examples ? all : Arrays.copyOfRange(all, from * units, to * units);
  }

  private float[] draw(int drop, int from, int to) {
    int units = units(drop);
    double rate = drops.get(drop).rate();
    float kept = (float) (1 / (1 - rate));
    float[] mask = new float[Math.multiplyExact(to - from, units)];
    IntStream examples = IntStream.range(from, to);
    (mask.length < MANY ? examples : examples.parallel())
        .forEach(
            example -> {
              // split() mixes the seed, so that neighbouring examples have unlike masks
              SplittableRandom random =
                  new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 31L * example + drop).split();
              int at = (example - from) * units;
              for (int unit = 0; unit < units; unit++) {
                mask[at + unit] = random.nextDouble() < rate ? 0 : kept;
              }
            });
    return mask;
  }
}
