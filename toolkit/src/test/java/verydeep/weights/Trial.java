package verydeep.weights;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import verydeep.FileException;

/**
 * Reads one file after the other. Each must load, with all its numbers, or end in a FileException
 * that names file, byte and reason; in 10 seconds of the processor, and with no more on the heap
 * than the file's size and 64 MiB. Anything else is an AssertionError.
 */
final class Trial {

  private static final long SLOWEST_NANOS = 10_000_000_000L;
  private static final long MOST_BYTES = 64 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Path file;
  private long slowest;
  private long most;
  private boolean whole;

  Trial(Path file) {
    this.file = file;
  }

  /** Whether it loads. */
  boolean loads(byte[] content, String what) throws IOException {
    Files.deleteIfExists(file); // the one before may still be mapped
    Files.write(file, content);
    long begin = THREADS.getCurrentThreadCpuTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean loads = false;
    try {
      Checkpoint read = Checkpoint.read(file);
      checkHeap(THREADS.getCurrentThreadAllocatedBytes() - before, content.length, what);
      useAll(read);
      whole = read.network().classes() > 0;
      loads = true;
    } catch (FileException e) {
      checkHeap(THREADS.getCurrentThreadAllocatedBytes() - before, content.length, what);
      if (!isProper(e, content.length)) {
        throw new AssertionError(what + ", " + content.length + " bytes", e);
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(what + " ends in " + e, e);
    }
    long taken = THREADS.getCurrentThreadCpuTime() - begin;
    slowest = Math.max(slowest, taken);
    if (taken > SLOWEST_NANOS) {
      throw new AssertionError(what + " takes " + taken / 1_000_000 + " ms");
    }
    return loads;
  }

  /** Whether the last file that loaded has a classifier, and so nothing of it was left out. */
  boolean isWhole() {
    return whole;
  }

  private void checkHeap(long allocated, int length, String what) {
    most = Math.max(most, allocated - length);
    if (allocated > length + MOST_BYTES) {
      throw new AssertionError(what + " allocates " + allocated + " bytes for " + length);
    }
  }

  private static void useAll(Checkpoint read) {
    for (String name : read.parameters().names()) {
      FloatBuffer values = read.parameters().get(name).values();
      if (values.remaining() != read.parameters().get(name).size()) {
        throw new AssertionError(name);
      }
      float sum = 0;
      while (values.hasRemaining()) {
        sum += values.get();
      }
      if (read.toString().isEmpty() && sum == 0) {
        throw new AssertionError(name);
      }
    }
  }

  private boolean isProper(FileException e, int length) {
    long offset = e.offset().orElse(-1);
    return offset >= 0
        && offset <= length
        && e.getMessage().startsWith(file + ": at byte " + offset + ": ")
        && e.getMessage().length() < 2000;
  }

  /** What the worst of them cost. */
  @Override
  public String toString() {
    return "slowest %d ms, most heap above the file's size %d KiB"
        .formatted(slowest / 1_000_000, most >> 10);
  }
}
