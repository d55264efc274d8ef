package verydeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Within a package, too, few files need each other: a loop is a set of files each of which leads to
 * each other, and whoever changes one has to know all.
 */
@AnalyzeClasses(packages = "verydeep", importOptions = ImportOption.DoNotIncludeTests.class)
class LoopsTest {

  private static final int MOST = 5;

  @ArchTest
  void noLoopHasManyFiles(JavaClasses classes) {
    Map<String, Map<String, Set<String>>> packages = new TreeMap<>();
    for (JavaClass type : classes) {
      Set<String> others =
          packages
              .computeIfAbsent(type.getPackageName(), name -> new TreeMap<>())
              .computeIfAbsent(file(type), name -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().equals(type.getPackageName()))
          .forEach(target -> others.add(file(target)));
    }
    packages.forEach(LoopsTest::check);
  }

  private static void check(String name, Map<String, Set<String>> files) {
    Set<String> largest =
        loops(files).stream().max(Comparator.comparingInt(Set::size)).orElse(Set.of());
    assertThat(largest.size())
        .as("files of %s that need each other: %s", name, largest)
        .isLessThanOrEqualTo(MOST);
  }

  private static String file(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer.getSimpleName();
  }

  /** The strongly connected components of a graph: files that reach each other. */
  private static List<Set<String>> loops(Map<String, Set<String>> files) {
    Map<String, Set<String>> reached = new TreeMap<>();
    files.keySet().forEach(file -> reached.put(file, reachedFrom(file, files)));
    List<Set<String>> loops = new ArrayList<>();
    Set<String> done = new TreeSet<>();
    for (String file : files.keySet()) {
      if (!done.contains(file)) {
        Set<String> loop = new TreeSet<>(reached.get(file));
        loop.removeIf(other -> !reached.get(other).contains(file));
        loop.add(file);
        done.addAll(loop);
        loops.add(loop);
      }
    }
    return loops;
  }

  private static Set<String> reachedFrom(String file, Map<String, Set<String>> files) {
    Set<String> reached = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(file));
    while (!next.isEmpty()) {
      for (String other : files.getOrDefault(next.pop(), Set.of())) {
        if (reached.add(other)) {
          next.push(other);
        }
      }
    }
    return reached;
  }

  @Test
  void findsLoops() {
    Map<String, Set<String>> files =
        Map.of(
            "a", Set.of("b"),
            "b", Set.of("c", "d"),
            "c", Set.of("a"),
            "d", Set.of("e"),
            "e", Set.of("d"),
            "f", Set.of("a", "f"));

    assertThat(loops(new TreeMap<>(files)))
        .containsExactly(Set.of("a", "b", "c"), Set.of("d", "e"), Set.of("f"));
  }
}
