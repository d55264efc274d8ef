package verydeep.data;

import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Some examples, ready for a network. Its buffers are used again once the next batch is asked for.
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
   * How many examples it has.
   *
   * @return N, at least 1
   */
  public int size() {
    return size;
  }

  /**
   * The network's input.
   *
   * @return N x 3 x window x window float32 in native byte order, outside the Java heap, from
   *     position 0 to its limit; of a batch of {@link #levels()} they are looked up when first
   *     asked for
   */
  public FloatBuffer pixels() {
    if (pixels == null) {
      pixels = levels.floats();
    }
    return pixels;
  }

  /**
   * The same as 8-bit levels, if the batches were asked for so ({@link BatchesBuilder#levels}).
   *
   * @return the levels and what they become
   */
  public Optional<Levels> levels() {
    return Optional.ofNullable(levels);
  }

  /**
   * What the examples show.
   *
   * @return the class of each, an index into {@link Images#classes()}
   */
  public int[] labels() {
    return labels;
  }

  /**
   * Which examples they are.
   *
   * @return the place of each in the {@link Images}
   */
  public int[] indices() {
    return indices;
  }

  /**
   * What chance did to an example.
   *
   * @param example its place in the batch, from 0
   * @return its scale, its crop, and whether it is flipped
   */
  public Draw draw(int example) {
    return draws[example];
  }
}
