package verydeep.internal.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Images of one shape as 8-bit pixels, and the value each of the 256 levels maps to. They take a
 * quarter of the bytes of the values, so that they reach a GPU sooner; looked up, they are
 * bit-exact.
 *
 * @param bytes N x 3 x height x width levels outside the Java heap, from position 0 to the limit
 * @param tables N x 3 x 256 numbers outside the Java heap: a table for each of an image's three
 *     planes
 * @param size the number of images N
 */
public record Levels(ByteBuffer bytes, FloatBuffer tables, int size) {

  /** The number of levels of a plane. */
  public static final int COUNT = Planes.LEVELS;

  /**
   * Allocates room for images.
   *
   * @param size the number of images
   * @param pixels the number of pixels of each
   * @return levels and tables of zeros
   */
  public static Levels allocate(int size, int pixels) {
    return new Levels(
        ByteBuffer.allocateDirect(Math.multiplyExact(3 * size, pixels))
            .order(ByteOrder.nativeOrder()),
        ByteBuffer.allocateDirect(4 * 3 * size * COUNT)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer(),
        size);
  }

  /**
   * Returns a range of the images, sharing the same memory.
   *
   * @param from the first image
   * @param to one past the last image
   * @return their levels
   */
  public Levels slice(int from, int to) {
    int plane = bytes.limit() / size;
    return new Levels(
        bytes.slice(from * plane, (to - from) * plane).order(ByteOrder.nativeOrder()),
        tables.slice(3 * COUNT * from, 3 * COUNT * (to - from)),
        to - from);
  }

  /**
   * Returns whether there is room.
   *
   * @param images how many images
   * @param pixels the pixels of each
   * @return true if {@link #part} can be called with them
   */
  public boolean holds(int images, int pixels) {
    return size >= images && bytes.capacity() >= Math.multiplyExact(3 * images, pixels);
  }

  /**
   * Returns room for these images and for all that this has room for.
   *
   * @param images how many images
   * @param pixels the pixels of each
   * @return this, or new memory if this is too small
   */
  public Levels atLeast(int images, int pixels) {
    if (holds(images, pixels)) {
      return this;
    }
    int most = Math.max(images, size);
    int all = Math.max(Math.multiplyExact(3 * images, pixels), bytes.capacity());
    return allocate(most, (int) Math.ceil(all / (3.0 * most)));
  }

  /**
   * Returns the beginning of the memory as room for other images.
   *
   * @param images how many images, at most {@link #size()}
   * @param pixels the pixels of each
   * @return levels and tables that share this memory
   */
  public Levels part(int images, int pixels) {
    return new Levels(
        bytes.slice(0, 3 * images * pixels).order(ByteOrder.nativeOrder()),
        tables.slice(0, 3 * COUNT * images),
        images);
  }

  /**
   * Looks up all levels.
   *
   * @return N x 3 x height x width float32 in native byte order, outside the Java heap
   */
  public FloatBuffer floats() {
    int plane = bytes.limit() / size / 3;
    FloatBuffer floats =
        ByteBuffer.allocateDirect(4 * bytes.limit()).order(ByteOrder.nativeOrder()).asFloatBuffer();
    float[] table = new float[COUNT];
    for (int i = 0; i < 3 * size; i++) {
      tables.get(i * COUNT, table);
      for (int at = i * plane; at < (i + 1) * plane; at++) {
        floats.put(at, table[bytes.get(at) & 0xff]);
      }
    }
    return floats;
  }
}
