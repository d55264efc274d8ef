package verydeep.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Reads files that were built to do harm, in a process of its own with a small heap. Arguments:
 * format, count, seed.
 */
final class HostileBombardment {

  private HostileBombardment() {}

  public static void main(String[] arguments) throws IOException {
    Hostile hostile = Hostile.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    Path folder = Files.createTempDirectory("hostile");
    Path file = folder.resolve("hostile");
    Trial trial = new Trial(file);
    if (!trial.loads(hostile.plain(), "without a trick")) {
      throw new AssertionError("the file without a trick does not load");
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
    Files.deleteIfExists(file);
    Files.delete(folder);
    System.out.println(
        "outcomes " + count + " loaded " + loaded + " of " + names.size() + " tricks; " + trial);
  }
}
