package verydeep.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Reads damaged files in a process of its own with a small heap. Arguments: files joined by commas,
 * how many in all, seed.
 */
final class Bombardment {

  private static final List<Mutation> MUTATIONS = List.of(Mutation.values());

  private Bombardment() {}

  public static void main(String[] arguments) throws IOException {
    String[] files = arguments[0].split(",", -1);
    int count = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    Path folder = Files.createTempDirectory("bombardment");
    Trial trial = new Trial(folder.resolve("damaged"));
    int loaded = 0;
    for (int k = 0; k < files.length; k++) {
      byte[] whole = Files.readAllBytes(Path.of(files[k]));
      int[] structure = structure(whole);
      for (int i = k; i < count; i += files.length) {
        byte[] damaged = damaged(whole, structure, i, new SplittableRandom(seed + i));
        loaded += trial.loads(damaged, files[k] + ", mutation " + i) ? 1 : 0;
      }
    }
    Files.deleteIfExists(folder.resolve("damaged"));
    Files.delete(folder);
    System.out.println("outcomes " + count + " loaded " + loaded + "; " + trial);
  }

  private static byte[] damaged(
      byte[] whole, int[] structure, int number, SplittableRandom random) {
    byte[] damaged = whole.clone();
    for (int change = 0; change <= number % 4 / 2 && damaged.length > 0; change++) {
      int at =
          number % 5 == 0
              ? random.nextInt(damaged.length)
              : Math.min(structure[random.nextInt(structure.length)], damaged.length - 1);
      Mutation mutation = MUTATIONS.get(random.nextInt(MUTATIONS.size()));
      damaged = mutation.apply(damaged, at, random);
    }
    return damaged;
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
