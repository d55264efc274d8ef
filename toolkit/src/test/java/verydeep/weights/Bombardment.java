package verydeep.weights;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Reads damaged files in a process of its own with a small heap. Each must load, with all its
 * numbers, or end in a CheckpointException that names file, byte and reason; anything else ends the
 * process with the mutation's number. Arguments: file, how many, seed.
 */
final class Bombardment {

  private static final long SLOWEST_NANOS = 5_000_000_000L;

  private static final List<Mutation> MUTATIONS = List.of(Mutation.values());

  private Bombardment() {}

  public static void main(String[] arguments) throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(arguments[0]));
    int count = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    Path folder = Files.createTempDirectory("bombardment");
    Path file = folder.resolve("damaged");
    int[] structure = structure(whole);
    int loaded = 0;
    for (int i = 0; i < count; i++) {
      SplittableRandom random = new SplittableRandom(seed + i);
      byte[] damaged = whole.clone();
      for (int change = 0; change <= i % 4 / 2; change++) {
        int at =
            i % 5 == 0
                ? random.nextInt(damaged.length)
                : Math.min(structure[random.nextInt(structure.length)], damaged.length - 1);
        Mutation mutation = MUTATIONS.get(random.nextInt(MUTATIONS.size()));
        damaged = mutation.apply(damaged, Math.max(0, at), random);
        if (damaged.length == 0) {
          break;
        }
      }
      long begin = cpuNanos();
      loaded += outcome(file, damaged, i) ? 1 : 0;
      if (cpuNanos() - begin > SLOWEST_NANOS) {
        throw new AssertionError("mutation " + i + " took too long");
      }
    }
    Files.deleteIfExists(file);
    Files.delete(folder);
    System.out.println("outcomes " + count + " loaded " + loaded);
  }

  /** The processor's time, not the clock's: the machine may be busy. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Whether it loads; a damage that is not refused properly is an error. */
  private static boolean outcome(Path file, byte[] damaged, int number) throws IOException {
    Files.deleteIfExists(file); // the one before may still be mapped
    Files.write(file, damaged);
    try {
      Checkpoint read = Checkpoint.read(file);
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
      return true;
    } catch (CheckpointException e) {
      String message = e.getMessage();
      boolean proper =
          e.offset().isPresent()
              && e.offset().getAsLong() >= 0
              && message.startsWith(file + ": at byte " + e.offset().getAsLong() + ": ")
              && message.length() < 2000;
      if (!proper || e.offset().getAsLong() > damaged.length) {
        throw new AssertionError("mutation " + number + " of " + damaged.length + " bytes", e);
      }
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("mutation " + number + " ends in " + e, e);
    }
  }

  /** Where the file is not numbers: around its text, its small values and its zeros. */
  private static int[] structure(byte[] whole) {
    int[] places = new int[whole.length];
    int count = 0;
    for (int i = 0; i + 8 <= whole.length; i++) {
      int printable = 0;
      int zero = 0;
      for (int j = i; j < i + 8; j++) {
        printable += whole[j] >= ' ' && whole[j] < 127 ? 1 : 0;
        zero += whole[j] == 0 ? 1 : 0;
      }
      if (printable >= 5 || (zero >= 3 && zero < 8)) {
        places[count++] = i;
      }
    }
    return count == 0 ? new int[] {0} : Arrays.copyOf(places, count);
  }
}
