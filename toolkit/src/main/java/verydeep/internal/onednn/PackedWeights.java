package verydeep.internal.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A layer's weights in native memory, in bfloat16, in the layout that oneDNN asked for last; the
 * bias stays in 32 bits. Another layout replaces the first, without loss: maps of one size ask for
 * one layout.
 */
final class PackedWeights implements AutoCloseable {

  private final engine cpu;
  private final memory bias;
  private memory weights;

  PackedWeights(engine cpu, stream queue, FoldedWeights folded) {
    this.cpu = cpu;
    long[] sizes = folded.sizes();
    bias = ofFloats(cpu, folded.bias(), new long[] {folded.bias().length}, format_tag.x);
    try (memory full = ofFloats(cpu, folded.weights(), sizes, format_tag.oihw);
        var half = new memory.desc(sizes, data_type.bf16, format_tag.oihw)) {
      weights = new memory(half, cpu);
      weights.retainReference();
      copy(queue, full, weights);
    }
  }

  private static memory ofFloats(engine cpu, float[] numbers, long[] sizes, format_tag format) {
    try (var description = new memory.desc(sizes, data_type.f32, format)) {
      memory made = new memory(description, cpu);
      made.retainReference();
      try (Pointer data = made.get_data_handle();
          FloatPointer floats = new FloatPointer(data)) {
        floats.put(numbers);
      }
      return made;
    }
  }

  private static void copy(stream queue, memory from, memory to) {
    try (reorder copy = new reorder(from, to)) {
      copy.execute(queue, from, to);
      queue._wait();
    }
  }

  memory bias() {
    return bias;
  }

  /** Returns the weights in a layout. */
  memory in(memory.desc layout, stream queue) {
    try (memory.desc present = weights.get_desc()) {
      if (!present.equals(layout)) {
        memory packed = new memory(layout, cpu);
        packed.retainReference(); // past the scope of the batch
        copy(queue, weights, packed);
        weights.close();
        weights = packed;
      }
    }
    return weights;
  }

  /** Returns the bytes they take. */
  long bytes() {
    try (memory.desc w = weights.get_desc();
        memory.desc b = bias.get_desc()) {
      return w.get_size() + b.get_size();
    }
  }

  @Override
  public void close() {
    weights.close();
    bias.close();
  }
}
