package verydeep.internal.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.Pointer;

/** Native memory that is used again and again, and grows to the most that was asked for. */
final class Area implements AutoCloseable {

  private final engine cpu;
  private memory whole;
  private Pointer data;
  private long size;

  Area(engine cpu) {
    this.cpu = cpu;
  }

  /** Grows to a number of bytes if it is smaller; what was there before is lost then. */
  void reserve(long needed) {
    if (needed > size) {
      close();
      try (var bytes = new memory.desc(new long[] {needed}, data_type.u8, format_tag.a)) {
        whole = new memory(bytes, cpu);
      }
      whole.retainReference(); // past the scope of the batch
      data = whole.get_data_handle();
      size = needed;
    }
  }

  /** Returns where it begins, until it grows. */
  Pointer data() {
    return data;
  }

  @Override
  public void close() {
    if (whole != null) {
      whole.close();
      whole = null;
      size = 0;
    }
  }
}
