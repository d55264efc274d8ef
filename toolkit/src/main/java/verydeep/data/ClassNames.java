package verydeep.data;

import java.util.List;
import java.util.Set;
import verydeep.VerydeepException;

/** Names of classes, each of which stands for one. */
final class ClassNames {

  private ClassNames() {}

  /** Returns the names, which must all be different. */
  static List<String> different(List<String> names) {
    if (Set.copyOf(names).size() != names.size()) {
      throw new VerydeepException("A class is named twice: " + String.join(", ", names) + ".");
    }
    return names;
  }
}
