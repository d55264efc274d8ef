package verydeep.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Reads files that were built to do harm, in a process of its own with a small heap. Arguments:
 * formats joined by commas, the count for each, seed.
 */
final class HostileBombardment {

  private HostileBombardment() {}

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    Path folder = Files.createTempDirectory("hostile");
    Trial trial = new Trial(folder.resolve("hostile"));
    int loaded = 0;
    int tricks = 0;
    String[] formats = arguments[0].split(",", -1);
    for (String format : formats) {
      Hostile hostile = Hostile.of(format);
      loaded += loaded(hostile, trial, count, seed);
      tricks += hostile.names().size();
    }
    Files.deleteIfExists(folder.resolve("hostile"));
    Files.delete(folder);
    System.out.printf(
        "outcomes %d loaded %d of %d tricks; %s%n", count * formats.length, loaded, tricks, trial);
  }

  private static int loaded(Hostile hostile, Trial trial, int count, long seed) throws IOException {
    if (!trial.loads(hostile.plain(), "without a trick") || !trial.isWhole()) {
      throw new AssertionError(hostile + ": the file without a trick does not load");
    }
    List<String> names = hostile.names();
    int loaded = 0;
    for (int i = 0; i < count; i++) {
      String name = names.get(i % names.size());
      byte[] content = hostile.build(name, new SplittableRandom(seed + i));
      boolean loads = trial.loads(content, name + " " + i);
      loaded += loads ? 1 : 0;
      if ((loads && trial.isWhole()) != name.startsWith(Hostile.HARMLESS)) {
        throw new AssertionError(name + " " + i + (loads ? " loads" : " is refused"));
      }
    }
    return loaded;
  }
}
