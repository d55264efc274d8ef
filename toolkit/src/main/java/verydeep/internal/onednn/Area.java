package verydeep.internal.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;

/** Native memory that is used again and again, and grows to the most that was asked for. */
final class Area implements AutoCloseable {

  private final engine cpu;
  private memory whole;
  private long size;

  Area(engine cpu) {
    this.cpu = cpu;
  }

  /** Returns memory in a layout; what was there before is lost. */
  memory of(memory.desc layout) {
    long needed = layout.get_size();
    if (needed > size) {
      close();
      try (var bytes = new memory.desc(new long[] {needed}, data_type.u8, format_tag.a)) {
        whole = new memory(bytes, cpu);
      }
      whole.retainReference(); // past the scope of the batch
      size = needed;
    }
    return new memory(layout, cpu, whole.get_data_handle());
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
