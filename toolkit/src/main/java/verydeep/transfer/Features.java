package verydeep.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.internal.files.FileNames;
import verydeep.internal.files.MovedImages;

/** Feature vectors of images, with the images' files and classes. */
public final class Features {

  private final FeatureFacts facts;

  /** How they were made; null for those from a file. */
  private final FeatureSource source;

  private final List<String> classes;
  private final List<Path> files;
  private final int[] labels;
  private final List<float[]> vectors;
  private final List<Skipped> skipped;

  Features(FeatureFacts facts, FeatureSource source, Images images, List<float[]> vectors) {
    this(
        facts,
        source,
        images.classes(),
        IntStream.range(0, images.size()).mapToObj(images::file).toList(),
        IntStream.range(0, images.size()).map(images::label).toArray(),
        vectors,
        List.of());
  }

  Features(
      FeatureFacts facts,
      FeatureSource source,
      List<String> classes,
      List<Path> files,
      int[] labels,
      List<float[]> vectors,
      List<Skipped> skipped) {
    this.facts = facts;
    this.source = source;
    this.classes = List.copyOf(classes);
    this.files = List.copyOf(files);
    this.labels = labels;
    this.vectors = List.copyOf(vectors);
    this.skipped = List.copyOf(skipped);
    for (int i = 0; i < vectors.size(); i++) {
      for (float number : vectors.get(i)) {
        if (!Float.isFinite(number)) {
          throw new VerydeepException(
              "The vector of %s, %s, has a number that is not finite."
                  .formatted(this.files.get(i), facts.network()));
        }
      }
    }
  }

  /**
   * How many images there are.
   *
   * @return vectors
   */
  public int size() {
    return vectors.size();
  }

  /**
   * The length of each vector.
   *
   * @return numbers per image
   */
  public int dimension() {
    return vectors.isEmpty() ? 0 : vectors.get(0).length;
  }

  /**
   * The vector of an image.
   *
   * @param index the image's index
   * @return a copy of the numbers
   */
  public float[] vector(int index) {
    return vectors.get(index).clone();
  }

  /**
   * The class of an image.
   *
   * @param index the image's index
   * @return the class's index
   */
  public int label(int index) {
    return labels[index];
  }

  /**
   * The file of an image.
   *
   * @param index the image's index
   * @return its path
   */
  public Path file(int index) {
    return files.get(index);
  }

  /** {@return the images without features because they could not be read, with the reasons} */
  public List<Skipped> skipped() {
    return skipped;
  }

  /**
   * The names of the classes.
   *
   * @return the names
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * Where the activations come from.
   *
   * @return layer and network
   */
  public String network() {
    return facts.network();
  }

  /**
   * How the images were viewed.
   *
   * @return view and scales
   */
  public String protocol() {
    return facts.protocol();
  }

  /**
   * How long the extraction took; layers that were extracted together share the time.
   *
   * @return seconds; those of the first extraction if the features were found in a cache
   */
  public double seconds() {
    return facts.seconds();
  }

  /**
   * Which arithmetic ran in the forward passes.
   *
   * @return such as {@code DJL's PyTorch} or {@code F(4x4, 3x3) on vectors of 512 bits, 2 threads}
   */
  public String arithmetic() {
    return facts.arithmetic();
  }

  /**
   * Concatenated vectors of two networks or layers, divided by their length: how the paper combines
   * D and E (appendix B).
   *
   * @param other features of the same images
   * @return new features, as long as both together
   * @throws VerydeepException if the images differ
   */
  public Features stackedWith(Features other) {
    List<String> names = files.stream().map(FileNames::of).toList();
    if (!names.equals(other.files.stream().map(FileNames::of).toList())
        || !classes.equals(other.classes)) {
      throw new VerydeepException(
          "The features \""
              + this
              + "\" and \""
              + other
              + "\" are of different images; to be stacked they must be of the same images.");
    }
    List<float[]> stacked =
        IntStream.range(0, size())
            .mapToObj(i -> FeatureVectors.stacked(vectors.get(i), other.vectors.get(i)))
            .toList();
    FeatureSource both =
        source == null || other.source == null ? null : source.stackedWith(other.source);
    return new Features(facts.and(other.facts), both, classes, files, labels, stacked, skipped);
  }

  /**
   * How similar two images are: the cosine of the angle between their vectors, which have length 1.
   *
   * @param one an image's index
   * @param other another image's index
   * @return from -1 to 1; not below 0 for layers after a ReLU
   */
  public double similarity(int one, int other) {
    return Nearest.product(vectors.get(one), vectors.get(other));
  }

  /**
   * The images most similar to a given one.
   *
   * @param index the image's index
   * @param count how many at most
   * @return indices of other images, the most similar first
   */
  public List<Integer> nearest(int index, int count) {
    Objects.checkIndex(index, size());
    return Nearest.of(vectors, vectors.get(index), count, i -> i != index);
  }

  /**
   * The images most similar to a vector.
   *
   * @param vector as long as these, of length 1
   * @param count how many at most
   * @return the most similar first
   * @throws VerydeepException if the vector is of another length, or the count is below 1
   */
  public List<Neighbor> nearest(float[] vector, int count) {
    if (vector.length != dimension() || count < 1) {
      throw new VerydeepException(
          "Asked for %d images like a vector of %d numbers; the vectors here have %d, and the count must be 1 or more."
              .formatted(count, vector.length, dimension()));
    }
    return Nearest.of(vectors, vector, count, i -> true).stream()
        .map(
            i ->
                new Neighbor(
                    i,
                    files.get(i),
                    classes.get(labels[i]),
                    Nearest.product(vectors.get(i), vector)))
        .toList();
  }

  /**
   * The images most similar to a file, which may be one of them. The network is loaded for this
   * image alone; {@link ImageIndex} keeps it.
   *
   * @param file an image
   * @param count how many at most
   * @return the most similar first
   * @throws VerydeepException if these features come from a file and so have no network
   * @throws verydeep.data.UnreadableImageException if the file is missing, damaged or no image
   */
  public List<Neighbor> nearest(String file, int count) {
    try (ImageIndex index = ImageIndex.forImages(1, this)) {
      return index.nearest(file, count);
    }
  }

  /**
   * The same features with their images where they are now: features that were read from a file can
   * then show them.
   *
   * @param images the same images by name, of the same classes and in the same order
   * @return new features
   * @throws VerydeepException if they are others
   */
  public Features movedTo(Images images) {
    MovedImages moved =
        MovedImages.of(
            "\"" + facts.network() + "\"",
            new MovedImages(files, skipped),
            i -> classes.get(labels[i]),
            images);
    return new Features(facts, source, classes, moved.files(), labels, vectors, moved.skipped());
  }

  /**
   * Writes the features to a file, whole or not at all.
   *
   * @param file the file
   * @return the file
   * @throws verydeep.FileException if it cannot be written
   */
  public Path write(Path file) {
    FeatureFile.write(file, this);
    return file;
  }

  /**
   * Writes the features to a file.
   *
   * @param file the file
   * @return the file
   * @throws verydeep.FileException if it cannot be written
   */
  public Path write(String file) {
    return write(Path.of(file));
  }

  /**
   * Reads features from a file.
   *
   * @param file the file
   * @return the features
   * @throws verydeep.FileException if it cannot be read or does not hold features
   */
  public static Features read(Path file) {
    return FeatureFile.read(file);
  }

  /**
   * Reads features from a file.
   *
   * @param file the file
   * @return the features
   * @throws verydeep.FileException if it cannot be read or does not hold features
   */
  public static Features read(String file) {
    return read(Path.of(file));
  }

  /** The indices of the images of each class. */
  List<List<Integer>> byClass() {
    List<List<Integer>> members = new ArrayList<>();
    classes.forEach(name -> members.add(new ArrayList<>()));
    for (int i = 0; i < labels.length; i++) {
      members.get(labels[i]).add(i);
    }
    return members;
  }

  /** Some of the images. */
  Features subset(int... indices) {
    return new Features(
        facts,
        source,
        classes,
        IntStream.of(indices).mapToObj(files::get).toList(),
        IntStream.of(indices).map(i -> labels[i]).toArray(),
        IntStream.of(indices).mapToObj(vectors::get).toList(),
        skipped);
  }

  /** The same, beside images that could not be read. */
  Features skipping(List<Skipped> unreadable) {
    return new Features(facts, source, classes, files, labels, vectors, unreadable);
  }

  /** How they were made; null for those from a file. */
  FeatureSource source() {
    return source;
  }

  FeatureFacts facts() {
    return facts;
  }

  /** Without a copy, for the inner loops. */
  float[] shared(int index) {
    return vectors.get(index);
  }

  /** How many vectors, how long, of what. */
  @Override
  public String toString() {
    return size()
        + (skipped.isEmpty() ? "" : " (%d images skipped)".formatted(skipped.size()))
        + " vectors of "
        + dimension()
        + " numbers: "
        + facts.network()
        + ", "
        + facts.protocol();
  }

  /**
   * One of the images most like a given one.
   *
   * @param index its index among the features
   * @param file its file
   * @param className its class
   * @param similarity the cosine of the angle between the vectors: 1 for the same direction; not
   *     below 0 for layers after a ReLU
   */
  public record Neighbor(int index, Path file, String className, double similarity) {

    /** Returns such as {@code 0.87 photos/cat/12.jpg (cat)}. */
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f %s (%s)", similarity, file, className);
    }
  }
}
