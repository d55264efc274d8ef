package verydeep.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * Settings for learning classes, in any order; {@link #run()} does it. Each method returns changed
 * settings and leaves these as they were.
 */
public final class SvmLearningBuilder {

  private static final int FOLDS = 5;

  private final Checkpoint checkpoint;
  private final Images images;
  private List<String> layers = List.of("pool4", "pool5");
  private List<Integer> scales;
  private long seed;
  private Path cache;
  private boolean quiet;

  SvmLearningBuilder(Checkpoint checkpoint, Images images) {
    this.checkpoint = Objects.requireNonNull(checkpoint, "checkpoint");
    this.images = Objects.requireNonNull(images, "images");
    Vgg network = checkpoint.network();
    int input = network.input();
    this.scales =
        Stream.of(160, 256)
            .map(q -> Math.max(network.smallestImage(), Math.round(q * input / 224f)))
            .distinct()
            .toList();
  }

  private SvmLearningBuilder with(Consumer<SvmLearningBuilder> change) {
    SvmLearningBuilder changed = new SvmLearningBuilder(checkpoint, images);
    changed.layers = layers;
    changed.scales = scales;
    changed.seed = seed;
    changed.cache = cache;
    changed.quiet = quiet;
    change.accept(changed);
    return changed;
  }

  /**
   * Sets the layers that are tried.
   *
   * @param names pool4 and pool5 by default; the last pooling is the usual choice, and the one
   *     before it is often better for classes that ImageNet lacks
   * @return changed settings
   * @throws VerydeepException if the network has no such layer
   * @throws VerydeepException if none is given
   */
  public SvmLearningBuilder layers(String... names) {
    List<String> known = List.of(names);
    known.forEach(checkpoint.network()::layer);
    if (known.isEmpty()) {
      throw new VerydeepException("No layer was given; one or more are needed.");
    }
    return with(changed -> changed.layers = known);
  }

  /**
   * Sets the scales Q that are tried: each alone, and all together.
   *
   * @param smallestSides Q in pixels; by default 160 and 256 for an input of 224, in proportion for
   *     others
   * @return changed settings
   * @throws VerydeepException if none is given
   */
  public SvmLearningBuilder scales(int... smallestSides) {
    if (smallestSides.length == 0) {
      throw new VerydeepException("No scale was given; one or more are needed.");
    }
    List<Integer> sides = Arrays.stream(smallestSides).distinct().boxed().toList();
    return with(changed -> changed.scales = sides);
  }

  /**
   * Sets what decides which images are held out, and which fold an image is in.
   *
   * @param seed any number; 0 by default
   * @return changed settings
   */
  public SvmLearningBuilder seed(long seed) {
    return with(changed -> changed.seed = seed);
  }

  /**
   * Keeps activations in a folder, as {@link FeatureExtractor#cache(Path)}.
   *
   * @param folder created if it does not exist
   * @return changed settings
   */
  public SvmLearningBuilder cache(String folder) {
    return with(changed -> changed.cache = Path.of(folder));
  }

  /**
   * Does not show progress.
   *
   * @return changed settings
   */
  public SvmLearningBuilder quiet() {
    return with(changed -> changed.quiet = true);
  }

  /**
   * Learns. Files that cannot be read are left out, and so are copies of a file: of copies in one
   * class the first is kept, of copies in several classes none, since one of them must be wrong. A
   * class of which no image was given is never predicted.
   *
   * @return the classifier, its test, and what was tried
   * @throws VerydeepException if a class has only copies of images of other classes, no class has
   *     two images, or a scale is too small for a layer
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public SvmLearning run() {
    PhotoCheck photos = PhotoCheck.of(images);
    Map<FeatureSource.Extract, Features> candidates = candidates(photos.images());
    List<List<Integer>> groups = shuffled(photos.images());
    int[] held = HeldOut.fifth(groups);
    if (held.length == 0) {
      throw new VerydeepException(
          "Each class has one image; to test what is learned, a class needs two or more.");
    }
    int[] others = HeldOut.others(held, photos.images().size());
    List<SvmLearning.Trial> trials = new ArrayList<>();
    candidates.forEach((extract, features) -> trials.add(trial(extract, features.subset(others))));
    int fewest = trials.stream().mapToInt(SvmLearning.Trial::wrong).min().orElseThrow();
    int chosen = trials.stream().map(SvmLearning.Trial::wrong).toList().indexOf(fewest);
    trials.set(chosen, chosen(trials.get(chosen)));
    double cost = trials.get(chosen).cost();
    Features best = List.copyOf(candidates.values()).get(chosen);
    Evaluation test = LinearSvm.of(best.subset(others)).cost(cost).run().test(best.subset(held));
    LinearSvm svm = LinearSvm.of(best).cost(cost).run().withTest(test);
    return new SvmLearning(svm, test, trials, photos.warnings(), photos.images().skipped());
  }

  private static SvmLearning.Trial chosen(SvmLearning.Trial trial) {
    return new SvmLearning.Trial(
        trial.layer(),
        trial.scales(),
        trial.numbers(),
        trial.cost(),
        trial.wrong(),
        trial.images(),
        true);
  }

  /** By layer, then each scale alone, then all of them: short vectors first. */
  private Map<FeatureSource.Extract, Features> candidates(Images some) {
    boolean whole = layers.stream().anyMatch(layer -> layer.startsWith("fc"));
    FeatureExtractor extractor =
        FeatureExtractor.of(whole ? checkpoint : checkpoint.convolutions());
    extractor = quiet ? extractor.quiet() : extractor;
    extractor = cache == null ? extractor : extractor.cache(cache);
    List<List<Integer>> choices = new ArrayList<>(scales.stream().map(List::of).toList());
    if (scales.size() > 1) {
      choices.add(scales);
    }
    return extractor.bySettings(some, layers, choices);
  }

  /** The images of each class, in an order that the seed decides. */
  private List<List<Integer>> shuffled(Images some) {
    List<List<Integer>> groups = new ArrayList<>();
    some.classes().forEach(name -> groups.add(new ArrayList<>()));
    IntStream.range(0, some.size()).forEach(i -> groups.get(some.label(i)).add(i));
    for (int label = 0; label < groups.size(); label++) {
      Collections.shuffle(groups.get(label), new Random(31 * seed + label));
    }
    return groups;
  }

  /** Cross-validation of a candidate at each C. */
  private SvmLearning.Trial trial(FeatureSource.Extract extract, Features training) {
    List<List<Integer>> groups = training.byClass();
    for (int label = 0; label < groups.size(); label++) {
      Collections.shuffle(groups.get(label), new Random(31 * seed + label));
    }
    List<int[]> folds = HeldOut.folds(groups, Math.min(FOLDS, training.size()));
    CostChoice choice = LinearSvm.of(training).choice(OneAgainstRest.ofClasses(training), folds);
    Map<Double, Integer> wrong = new LinkedHashMap<>();
    for (double cost : CostChoice.COSTS) {
      wrong.put(cost, (int) -choice.quality(cost));
    }
    int fewest = Collections.min(wrong.values());
    double cost =
        CostChoice.COSTS.stream().filter(c -> wrong.get(c) == fewest).findFirst().orElseThrow();
    return new SvmLearning.Trial(
        extract.layer(),
        extract.scales(),
        training.dimension(),
        cost,
        fewest,
        training.size(),
        false);
  }

  /** Returns the settings. */
  @Override
  public String toString() {
    return "linear SVM learned from %s, layers %s, Q=%s".formatted(images, layers, scales);
  }
}
