package verydeep.data;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import verydeep.weights.Mutation;

/**
 * Decodes damaged images of every kind, and some that were built to do harm, in a process of its
 * own with a small heap. Each must give an image or an IOException that is a sentence, in 5 seconds
 * of the processor and with no more on the heap than its pixels may take. Arguments: how many of
 * each kind, seed.
 */
final class ImageBombardment {

  private static final List<Mutation> MUTATIONS = List.of(Mutation.values());
  private static final int MOST_PIXELS = 250_000;
  private static final long SLOWEST_NANOS = 5_000_000_000L;
  private static final long MOST_BYTES = 64 << 20;

  /** Tables of a lossless WebP, of which a damaged one may claim to have many. */
  private static final String WITH_TABLES = "webp/lossless";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static long slowest;
  private static long largest;

  private ImageBombardment() {}

  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    int decoded = 0;
    int all = 0;
    for (Map.Entry<String, byte[]> kind : Kinds.all().entrySet()) {
      for (int i = 0; i < count; i++) {
        SplittableRandom random = new SplittableRandom(seed + all++);
        String what = kind.getKey() + ", mutation " + i;
        decoded += decodes(damaged(kind.getValue().clone(), i, random), what) ? 1 : 0;
      }
    }
    for (Map.Entry<String, byte[]> hostile : HostileImages.all().entrySet()) {
      decoded += decodes(hostile.getValue(), hostile.getKey()) ? 1 : 0;
      all++;
    }
    System.out.println(
        "outcomes %d decoded %d; slowest %d ms, most heap %d KiB"
            .formatted(all, decoded, slowest / 1_000_000, largest >> 10));
  }

  /** Returns a file of which most changes are near its beginning, where its structure is. */
  private static byte[] damaged(byte[] file, int number, SplittableRandom random) {
    byte[] damaged = file;
    for (int change = 0; change <= number % 3 && damaged.length > 0; change++) {
      int reach = number % 2 == 0 ? damaged.length : Math.min(200, damaged.length);
      Mutation mutation = MUTATIONS.get(random.nextInt(MUTATIONS.size()));
      damaged = mutation.apply(damaged, random.nextInt(reach), random);
    }
    return damaged;
  }

  private static boolean decodes(byte[] file, String what) {
    long begin = THREADS.getCurrentThreadCpuTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean decodes = false;
    try {
      decodes = Decoding.decode(file, MOST_PIXELS).width() > 0;
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.contains(" ")
          || !message.endsWith(".")
          || (e.getCause() instanceof Error && !what.startsWith(WITH_TABLES))) {
        throw new AssertionError(what + ": " + message, e);
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what + " ends in " + e, e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    long taken = THREADS.getCurrentThreadCpuTime() - begin;
    slowest = Math.max(slowest, taken);
    boolean large = allocated > MOST_BYTES && !what.startsWith(WITH_TABLES);
    largest = what.startsWith(WITH_TABLES) ? largest : Math.max(largest, allocated);
    if (large || taken > SLOWEST_NANOS) {
      throw new AssertionError(
          "%s takes %d KiB and %d ms".formatted(what, allocated >> 10, taken / 1_000_000));
    }
    return decodes;
  }
}
