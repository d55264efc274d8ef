package verydeep.internal.djl;

import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The memory of a buffer outside the Java heap as DJL takes it without a copy of its own: a copy to
 * a card is then one, not three.
 */
public final class DirectBuffers {

  private DirectBuffers() {}

  /**
   * Whether {@link #bytes} can show a buffer's memory.
   *
   * @param floats numbers
   * @return true if they lie outside the heap, in the processor's order of bytes
   */
  public static boolean isDirect(FloatBuffer floats) {
    return floats.isDirect() && floats.order() == ByteOrder.nativeOrder() && floats.hasRemaining();
  }

  /**
   * The same memory as bytes. It lives as long as the floats' buffer, which the caller keeps.
   *
   * @param floats numbers outside the heap, from their position to their limit
   * @return their bytes
   */
  public static ByteBuffer bytes(FloatBuffer floats) {
    FloatBuffer rest = floats.slice();
    return Native.getDirectBufferPointer(rest)
        .getByteBuffer(0, 4L * rest.remaining())
        .order(ByteOrder.nativeOrder());
  }
}
