package verydeep.transfer;

import java.nio.file.Path;
import java.util.List;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;

/**
 * Features with their network loaded, which find the images most like any image. The search is
 * exact: some milliseconds for tens of thousands of images; for millions, an approximate search in
 * a library for it is the better choice. Any number of threads may ask.
 *
 * <pre>{@code
 * try (var index = ImageIndex.of(trainingFeatures)) {
 *   println(index.nearest("cat.jpg", 12));
 * }
 * }</pre>
 */
public final class ImageIndex implements AutoCloseable {

  private final Features features;
  private final OpenFeatures open;

  private ImageIndex(Features features, OpenFeatures open) {
    this.features = features;
    this.open = open;
  }

  /**
   * Loads the network of features.
   *
   * @param features vectors that an extractor has just given, or stacks of such; those from a file
   *     have no network
   * @return the index, which the caller closes
   * @throws VerydeepException if the features have no network
   */
  public static ImageIndex of(Features features) {
    return forImages(Double.POSITIVE_INFINITY, features);
  }

  /** With the arithmetic that pays for a number of questions. */
  static ImageIndex forImages(double images, Features features) {
    if (features.source() == null) {
      throw new VerydeepException(
          "These features come from a file, which does not have their network. Extract them"
              + " again: a cache makes that quick.");
    }
    return new ImageIndex(features, OpenFeatures.forImages(images, features.source()));
  }

  /**
   * Finds the images most like an image, which may be one of them.
   *
   * @param image the image
   * @param count how many at most
   * @return the most similar first
   * @throws VerydeepException if the count is below 1
   */
  public List<Features.Neighbor> nearest(RgbImage image, int count) {
    return features.nearest(
        open.vector(image, "image of %d x %d".formatted(image.width(), image.height())), count);
  }

  /**
   * Finds the images most like a file.
   *
   * @param file an image
   * @param count how many at most
   * @return the most similar first
   * @throws verydeep.data.UnreadableImageException if the file is missing, damaged or no image
   */
  public List<Features.Neighbor> nearest(Path file, int count) {
    return features.nearest(open.vector(RgbImage.read(file), file.toString()), count);
  }

  /**
   * Finds the images most like a file.
   *
   * @param file as {@link #nearest(Path, int)}
   * @param count how many at most
   * @return the most similar first
   */
  public List<Features.Neighbor> nearest(String file, int count) {
    return nearest(Path.of(file), count);
  }

  /** {@return the memory that the network's weights take, in bytes; 0 once it is closed} */
  public long bytes() {
    return open.bytes();
  }

  @Override
  public void close() {
    open.close();
  }

  /** Returns what is searched, and by which arithmetic. */
  @Override
  public String toString() {
    return "index of " + features + ", " + open.arithmetic();
  }
}
