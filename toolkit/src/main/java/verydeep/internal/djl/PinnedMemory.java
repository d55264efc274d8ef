package verydeep.internal.djl;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import verydeep.internal.devices.Gpus;

/**
 * Buffers that are pinned, so that the system may not move them and a GPU can read them directly,
 * which is several times as fast as through the driver's own buffer. A buffer that CUDA does not
 * pin works as before.
 */
public final class PinnedMemory implements AutoCloseable {

  /**
   * The pinned buffers by address; keeping the buffer prevents its memory from being freed while it
   * is pinned.
   */
  private final Map<Long, ByteBuffer> pinned = new HashMap<>();

  /** Creates it with nothing pinned. */
  public PinnedMemory() {}

  private static final class Cuda {
    static final Function REGISTER = function("cudaHostRegister");
    static final Function UNREGISTER = function("cudaHostUnregister");
    static final Function LAST_ERROR = function("cudaGetLastError");

    private static Function function(String name) {
      try {
        return NativeLibrary.getInstance("cudart").getFunction(name);
      } catch (UnsatisfiedLinkError e) {
        return null;
      }
    }

    /**
     * Returns whether the call succeeded; libtorch would take a lingering error for one of its own.
     */
    static boolean call(Function function, Object... arguments) {
      boolean worked = function.invokeInt(arguments) == 0;
      if (!worked) {
        LAST_ERROR.invokeInt(new Object[0]);
      }
      return worked;
    }
  }

  /**
   * Pins a buffer, unless its memory is pinned already.
   *
   * @param buffer a buffer outside the heap; of several that begin at the same address, pin the
   *     largest first
   */
  public void pin(ByteBuffer buffer) {
    if (Gpus.count() == 0 || Cuda.REGISTER == null || !buffer.isDirect()) {
      return;
    }
    Pointer address = Native.getDirectBufferPointer(buffer);
    long key = Pointer.nativeValue(address);
    if (!pinned.containsKey(key)
        && Cuda.call(Cuda.REGISTER, address, (long) buffer.capacity(), 0)) {
      pinned.put(key, buffer);
    }
  }

  /** Unpins all buffers. */
  @Override
  public void close() {
    pinned.keySet().forEach(address -> Cuda.call(Cuda.UNREGISTER, new Pointer(address)));
    pinned.clear();
  }
}
