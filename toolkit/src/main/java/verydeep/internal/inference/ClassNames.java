package verydeep.internal.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/** Classes by name, and the hint for a name that no class has. */
public final class ClassNames {

  /** At most this many are named; ImageNet's thousand would fill screens. */
  private static final int MOST = 20;

  private ClassNames() {}

  /**
   * The class of a name, or else of a synonym, such as {@code red panda} of {@code lesser panda,
   * red panda, panda}, if no other class has it.
   *
   * @throws VerydeepException if there is none
   */
  public static int find(List<String> classes, String name) {
    int exact = classes.indexOf(name);
    if (exact >= 0) {
      return exact;
    }
    int[] synonyms =
        IntStream.range(0, classes.size())
            .filter(i -> Arrays.asList(classes.get(i).split(", ", -1)).contains(name))
            .toArray();
    if (synonyms.length == 1) {
      return synonyms[0];
    }
    throw new VerydeepException(
        "There is "
            + (synonyms.length == 0 ? "no" : "more than one")
            + " class \""
            + name
            + "\"; "
            + instead(classes, name)
            + ".");
  }

  /** What there is: all if they are few, else those that hold the name. */
  public static String instead(List<String> classes, String name) {
    if (name.matches("n\\d{8}")) {
      return "it is a synset of WordNet, and Ilsvrc.folders(...) reads folders named by synset";
    }
    if (classes.size() <= MOST) {
      return "there are " + quoted(classes);
    }
    String part = name.toLowerCase(Locale.ROOT);
    List<String> like =
        classes.stream()
            .filter(known -> known.toLowerCase(Locale.ROOT).contains(part))
            .limit(MOST)
            .toList();
    return like.isEmpty()
        ? "there are " + classes.size() + ", such as " + quoted(classes.subList(0, 3))
        : "of " + classes.size() + " like it are " + quoted(like);
  }

  private static String quoted(List<String> names) {
    return "\"" + String.join("\", \"", names) + "\"";
  }
}
