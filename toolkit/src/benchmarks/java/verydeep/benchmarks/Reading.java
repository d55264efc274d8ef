package verydeep.benchmarks;

import ai.djl.ndarray.NDManager;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import verydeep.internal.djl.VggBlock;
import verydeep.weights.Checkpoint;

/** A file of weights read by ours. */
final class Reading implements Contestant {

  private static final int NUMBERS_IN_A_PAGE = 1024;

  private final Path file;
  private final boolean touched;

  /** Its pages are touched, or else all is copied to libtorch. */
  Reading(Path file, boolean touched) {
    this.file = file;
    this.touched = touched;
  }

  @Override
  public void step() {
    Checkpoint read = Checkpoint.read(file);
    if (touched) {
      touch(read);
    } else {
      try (NDManager manager = NDManager.newBaseManager()) {
        VggBlock.of(read.network()).load(manager, read.parameters());
      }
    }
  }

  private static void touch(Checkpoint read) {
    float sum = 0;
    for (String name : read.parameters().names()) {
      FloatBuffer values = read.parameters().get(name).values();
      for (int at = 0; at < values.limit(); at += NUMBERS_IN_A_PAGE) {
        sum += values.get(at);
      }
    }
    if (!Float.isFinite(sum)) {
      throw new IllegalStateException("the sum is " + sum);
    }
  }

  /** Also what the first read took, and the most heap in use while the file was read again. */
  @Override
  public String versions() {
    String djl = Versions.djl(); // libtorch is loaded
    long begin = System.nanoTime();
    step();
    long first = (System.nanoTime() - begin) / 1_000_000;
    System.gc();
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    step();
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    long most = Runtime.getRuntime().maxMemory();
    return "first read %d ms, peak heap %d MiB of %d, %s"
        .formatted(first, peak >> 20, most >> 20, djl);
  }

  @Override
  public void close() {}
}
