package verydeep.internal.djl;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import verydeep.device.Gpus;

/**
 * Buffers that the system may not move while they are pinned, so that a card fetches from them by
 * itself: several times as fast as through the driver's own buffer. Where CUDA does not pin one, it
 * is as before.
 */
public final class PinnedMemory implements AutoCloseable {

  /** By address, with the buffer itself: its memory must not be freed while it is pinned. */
  private final Map<Long, ByteBuffer> pinned = new HashMap<>();

  /** Nothing is pinned at first. */
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

    /** Whether it worked; libtorch would take an error that stays for one of its own. */
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
   * @param buffer outside the heap; of several that begin at the same address the largest first
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

  /** Lets go of all buffers. */
  @Override
  public void close() {
    pinned.keySet().forEach(address -> Cuda.call(Cuda.UNREGISTER, new Pointer(address)));
    pinned.clear();
  }
}
