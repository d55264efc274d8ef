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
 * The units that dropout sets to zero in one step (section 3.1). Each example of the batch has its
 * own draw, so the masks do not depend on the device, on how the batch is shared between devices,
 * or on how it is split to fit into memory. Units that stay are divided by the fraction that stays,
 * so testing needs no change.
 */
final class DropoutMasks {

  /** The count from which several threads draw: about half a millisecond's work. */
  private static final int MANY = 1 << 17;

  /** A layer's dropout rate and its number of units. */
  private record Drop(double rate, int units) {}

  private final List<Drop> drops = new ArrayList<>();
  private final long seed;

  /** All masks by dropout layer, if they are drawn ahead for this many examples. */
  private final List<CompletableFuture<float[]>> drawn = new ArrayList<>();

  private int examples;

  /**
   * Returns the masks of a step.
   *
   * @param network the network with the dropout layers
   * @param seed the seed of this step
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
   * Returns the masks of a later step, drawn by other threads in the meantime.
   *
   * @param network the network with the dropout layers
   * @param seed the seed of that step
   * @param examples the number of examples in its batch
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

  /** Returns whether these masks are for a batch of this many examples. */
  boolean isOf(int examples) {
    return drawn.isEmpty() || examples == this.examples;
  }

  /** Returns the number of dropout layers. */
  int count() {
    return drops.size();
  }

  /** Returns the number of units of the layer before a dropout layer. */
  int units(int drop) {
    return drops.get(drop).units();
  }

  /**
   * Returns a dropout layer's mask for some examples of the batch.
   *
   * @param from the first example
   * @param to the index after the last one
   * @return the factor of each unit, examples x units
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
              // split() mixes the seed, so neighboring examples get different masks
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
