package verydeep.internal.batches;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import verydeep.internal.images.Planes;

/**
 * The images of a batch as 8-bit pixels, and the value each of the 256 levels maps to. They take a
 * quarter of the bytes of {@link Batch#pixels()}, so that they reach a GPU sooner; looked up, they
 * are bit-exact.
 *
 * @param bytes N x 3 x window x window levels outside the Java heap, from position 0 to the limit
 * @param tables N x 3 x 256 numbers outside the Java heap: a table for each of an image's three
 *     planes
 * @param size the number of images N
 */
public record Levels(ByteBuffer bytes, FloatBuffer tables, int size) {

  /** The number of levels of a plane. */
  public static final int COUNT = Planes.LEVELS;

  /** Allocates room for a number of images. */
  static Levels allocate(int size, int window) {
    return new Levels(
        ByteBuffer.allocateDirect(3 * size * window * window).order(ByteOrder.nativeOrder()),
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
   * Looks up all levels.
   *
   * @return N x 3 x window x window float32 in native byte order, outside the Java heap
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
