package verydeep.internal.cpu;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import verydeep.network.MapShape;
import verydeep.network.Vgg;

/**
 * The memory for the maps of a {@link ConvolutionChain}, for as many images as are computed
 * together: what each stage hands to the next, the numbers of its maxima, and what its batch
 * normalization received. Below the stages that learn, two maps take turns.
 */
final class ChainMemory {

  /** The bytes of maps before pooling, which only live within a layer's work. */
  private static final long UNPOOLED_BYTES = 64_000_000;

  private static final int FIRST = GemmKernel.FIRST;

  private final List<Stage> stages;
  private final MapShape image;
  private final int lowest;
  private final IntPredicate observes;
  private final Team team;
  private int images;
  private float[] input = new float[0];
  private final float[][] kept;
  private final float[][] choices;
  private final float[][] linear;
  private float[] unpooled = new float[0];
  private float[] unnormalized = new float[0];

  /**
   * Starts with no memory.
   *
   * @param stages the stages
   * @param image the shape of the input
   * @param lowest the first stage that learns
   * @param observes whether a stage has a batch normalization that learns
   * @param team the threads that clear borders
   */
  ChainMemory(List<Stage> stages, MapShape image, int lowest, IntPredicate observes, Team team) {
    this.stages = stages;
    this.image = image;
    this.lowest = lowest;
    this.observes = observes;
    this.team = team;
    kept = new float[stages.size()][0];
    choices = new float[stages.size()][0];
    linear = new float[stages.size()][0];
  }

  /** Returns how many images' maps fit into arrays. */
  int most() {
    int largest = Maps.size(image, 3);
    for (Stage stage : stages) {
      largest = Math.max(largest, Maps.size(stage.outputs()));
    }
    return (Integer.MAX_VALUE - 64) / largest;
  }

  /** Returns the bytes of an image's maps in a training of all layers. */
  static long imageBytes(Vgg network) {
    List<Stage> stages = Stage.of(network);
    return imageBytes(stages, Stage.image(network), 0, i -> stages.get(i).batch() != null);
  }

  /** Returns the bytes of an image's maps. */
  long imageBytes() {
    return imageBytes(stages, image, lowest, observes);
  }

  private static long imageBytes(
      List<Stage> stages, MapShape image, int lowest, IntPredicate observes) {
    long numbers = Maps.size(image, 3);
    long passing = 0;
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      if (isKept(i, lowest)) {
        numbers += (stage.pools() ? 2L : 1) * stage.size();
      } else {
        passing = Math.max(passing, stage.size());
      }
      if (stage.normalization() != null) {
        numbers += Maps.size(stage.outputs());
      }
      if (observes.test(i)) {
        numbers += Maps.size(stage.outputs());
      }
    }
    return 4 * (numbers + 3 * passing);
  }

  /** Returns the bytes of the maps that are held now, but for those that only live in a layer. */
  long heldBytes() {
    Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    arrays.add(input);
    arrays.add(unnormalized);
    arrays.addAll(Arrays.asList(kept));
    arrays.addAll(Arrays.asList(choices));
    arrays.addAll(Arrays.asList(linear));
    return 4 * arrays.stream().mapToLong(array -> array.length).sum();
  }

  /** Provides memory for this many images together. */
  void reserve(int images) {
    if (images <= this.images) {
      return;
    }
    this.images = images;
    input = new float[images * Maps.size(image, 3) + FIRST + ImageKernel.PAST];
    int passing = 0;
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      int size = Math.multiplyExact(images, stage.size()) + FIRST;
      kept[i] = null; // lets the old ones be collected first
      choices[i] = null;
      linear[i] = null;
      if (isKept(i, lowest)) {
        kept[i] = new float[size];
        choices[i] = new float[stage.pools() ? size : 0];
      } else {
        passing = Math.max(passing, size);
      }
      int before = Math.multiplyExact(images, Maps.size(stage.outputs())) + FIRST;
      linear[i] = new float[observes.test(i) ? before : 0];
    }
    float[][] two = {new float[passing], new float[passing]};
    float[] unread = new float[passing];
    for (int i = 0; i < stages.size(); i++) {
      if (!isKept(i, lowest)) {
        kept[i] = two[i % 2];
        choices[i] = unread;
      }
    }
  }

  /** Returns whether the backward pass reads a stage's activations. */
  private static boolean isKept(int stage, int lowest) {
    return stage >= lowest - 1;
  }

  private Maps maps(float[] data, int images, MapShape shape) {
    return new Maps(data, FIRST, images, shape, Maps.pixel(shape));
  }

  /** Returns memory for the network's input. */
  Maps input(int images) {
    return new Maps(input, FIRST, images, image, 3);
  }

  /** Returns memory for a stage's activations, with zeros on the border. */
  Maps kept(int stage, int images) {
    Maps maps = maps(kept[stage], images, stages.get(stage).handedOn());
    if (!isKept(stage, lowest)) { // other stages use it too
      maps.clearBorders(team);
    }
    return maps;
  }

  /** Returns memory for the numbers of a stage's maxima. */
  float[] choices(int stage) {
    return choices[stage];
  }

  /**
   * Returns memory for what a stage's batch normalization receives, and then for its gradient, with
   * zeros on the border.
   */
  Maps linear(int stage, int images) {
    return maps(linear[stage], images, stages.get(stage).outputs());
  }

  /** Returns memory for the maps before pooling of as many images as it holds, at most some. */
  Maps unpooled(int stage, int images) {
    MapShape shape = stages.get(stage).outputs();
    int size = Maps.size(shape);
    int together = (int) Math.max(1, Math.min(images, UNPOOLED_BYTES / (4L * size)));
    if (unpooled.length < together * size + FIRST) {
      unpooled = new float[together * size + FIRST];
    }
    return maps(unpooled, together, shape);
  }

  /** Returns memory for the maps before a normalization, of which a network has one at most. */
  Maps unnormalized(int stage, int images) {
    MapShape shape = stages.get(stage).outputs();
    int size = Maps.size(shape);
    if (unnormalized.length < images * size + FIRST) {
      unnormalized = new float[Math.multiplyExact(images, size) + FIRST];
    }
    return maps(unnormalized, images, shape);
  }
}
