package verydeep.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names that images get in a VOC tree, whose lists separate a name from what follows by spaces.
 * A name that such a list, an XML file or a file system may not take is changed; no other image has
 * the name that it becomes.
 */
final class VocNames {

  /** With an object's index and an extension, a longer name may be too long for a file. */
  private static final int LONGEST = 180;

  private static final String UNFIT =
      "[\\s\\p{Z}\\p{Cc}\\p{Cs}\\x{FEFF}\\x{FFFE}\\x{FFFF}/\\\\:*?\"<>|]|^\\.";

  private final Map<String, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * Chooses names.
   *
   * @param originals the names of images without their extensions; an equal one gets an equal name
   */
  VocNames(Collection<String> originals) {
    originals.stream().filter(name -> fitting(name).equals(name)).forEach(this::keep);
    originals.forEach(name -> names.computeIfAbsent(name, this::free));
  }

  private void keep(String name) {
    names.put(name, name);
    taken.add(name);
  }

  private String free(String original) {
    String name = fitting(original);
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private static String fitting(String name) {
    return name.substring(0, Math.min(LONGEST, name.length())).replaceAll(UNFIT, "_");
  }

  /** Returns the name of an image. */
  String of(String original) {
    return names.get(original);
  }
}
