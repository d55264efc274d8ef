package verydeep.internal.djl;

import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Buffers outside the Java heap in a form that DJL accepts without copying: transferring one to a
 * GPU then takes one copy, not three.
 */
public final class DirectBuffers {

  private DirectBuffers() {}

  /**
   * Returns whether {@link #bytes} can view a buffer's memory.
   *
   * @param floats the numbers
   * @return true if they are outside the heap, in native byte order
   */
  public static boolean isDirect(FloatBuffer floats) {
    return floats.isDirect() && floats.order() == ByteOrder.nativeOrder() && floats.hasRemaining();
  }

  /**
   * Returns the same memory as bytes. It lives as long as the floats' buffer, which the caller
   * keeps.
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
