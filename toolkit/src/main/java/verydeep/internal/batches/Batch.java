package verydeep.internal.batches;

import java.nio.FloatBuffer;
import java.util.Optional;
import verydeep.internal.images.Levels;

/**
 * A number of examples, ready for a network. Its buffers are reused once the next batch is
 * requested.
 */
public final class Batch {

  private final int size;
  private final Levels levels;
  private final int[] labels;
  private final int[] indices;
  private final Draw[] draws;
  private FloatBuffer pixels;

  Batch(int size, FloatBuffer pixels, int[] labels, int[] indices, Draw[] draws) {
    this(size, pixels, null, labels, indices, draws);
  }

  Batch(Levels levels, int[] labels, int[] indices, Draw[] draws) {
    this(levels.size(), null, levels, labels, indices, draws);
  }

  private Batch(
      int size, FloatBuffer pixels, Levels levels, int[] labels, int[] indices, Draw[] draws) {
    this.size = size;
    this.pixels = pixels;
    this.levels = levels;
    this.labels = labels;
    this.indices = indices;
    this.draws = draws;
  }

  /**
   * Returns the number of examples.
   *
   * @return N, at least 1
   */
  public int size() {
    return size;
  }

  /**
   * Returns the network's input.
   *
   * @return N x 3 x window x window float32 in native byte order, outside the Java heap, from
   *     position 0 to its limit; for a batch with {@link #levels()} they are looked up on first use
   */
  public FloatBuffer pixels() {
    if (pixels == null) {
      pixels = levels.floats();
    }
    return pixels;
  }

  /**
   * Returns the same pixels as 8-bit levels, if the batches were opened with {@link
   * BatchesBuilder#levels}.
   *
   * @return the levels and the values they map to
   */
  public Optional<Levels> levels() {
    return Optional.ofNullable(levels);
  }

  /**
   * Returns the labels of the examples.
   *
   * @return the class of each, an index into {@link verydeep.data.Images#classes()}
   */
  public int[] labels() {
    return labels;
  }

  /**
   * Returns which examples these are.
   *
   * @return the index of each in the {@link verydeep.data.Images}
   */
  public int[] indices() {
    return indices;
  }

  /**
   * Returns the random draws for an example.
   *
   * @param example its position in the batch, from 0
   * @return its scale, its crop, and whether it is flipped
   */
  public Draw draw(int example) {
    return draws[example];
  }

  /** Returns how many examples there are. */
  @Override
  public String toString() {
    return "batch of " + size + " examples";
  }
}
