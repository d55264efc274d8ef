package verydeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What users meet is listed, and is shown to them somewhere. */
@AnalyzeClasses(packages = "verydeep", importOptions = ImportOption.DoNotIncludeTests.class)
class PublicTypesTest {

  private static final String PUBLIC = "public-types.txt";
  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Path LISTS = Path.of("toolkit/src/test/resources/verydeep");

  @ArchTest
  void aNewPublicTypeIsADecision(JavaClasses classes) throws IOException {
    List<String> today = publicTypes(classes);
    List<String> listed = lines(PUBLIC);

    assertThat(listed).as(LISTS.resolve(PUBLIC) + " is sorted").isSorted();
    assertThat(without(today, listed))
        .as(
            "Each public type is one more that users have to know: a new one is a decision. Make it"
                + " package-private, move it to verydeep.internal, or add it to %s. Added are:",
            LISTS.resolve(PUBLIC))
        .isEmpty();
    assertThat(without(listed, today))
        .as("No longer public, to be removed from %s:", LISTS.resolve(PUBLIC))
        .isEmpty();
  }

  @ArchTest
  void everyPublicTypeIsShownToUsers(JavaClasses classes) throws IOException {
    Set<String> shown = wordsShown();
    List<String> unnamed =
        publicTypes(classes).stream()
            .filter(type -> !shown.contains(type.substring(type.lastIndexOf('.') + 1)))
            .toList();

    assertThat(unnamed)
        .as("Public types that README, docs (types.md), scripts and notebooks do not name:")
        .isEmpty();
  }

  private static List<String> publicTypes(JavaClasses classes) {
    return classes.stream()
        .filter(type -> type.isTopLevelClass() && !isInternal(type))
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .map(JavaClass::getName)
        .sorted()
        .toList();
  }

  private static boolean isInternal(JavaClass type) {
    return (type.getPackageName() + ".").startsWith("verydeep.internal.");
  }

  private static Set<String> wordsShown() throws IOException {
    Path root = Repository.root();
    List<Path> files = new ArrayList<>(List.of(root.resolve("README.md")));
    Map<String, String> endings =
        Map.of("docs", ".md", "jshell-scripts", ".jsh", "notebooks", ".ipynb");
    for (String folder : endings.keySet()) {
      try (Stream<Path> found = Files.walk(root.resolve(folder), folder.equals("docs") ? 9 : 1)) {
        found.filter(file -> file.toString().endsWith(endings.get(folder))).forEach(files::add);
      }
    }
    Set<String> words = new HashSet<>();
    for (Path file : files) {
      WORD.matcher(text(file)).results().map(MatchResult::group).forEach(words::add);
    }
    return words;
  }

  /** A page, a script, or the cells of a notebook without what they put out. */
  private static String text(Path file) throws IOException {
    String text = Files.readString(file);
    if (!file.toString().endsWith(".ipynb")) {
      return text;
    }
    StringBuilder cells = new StringBuilder();
    for (JsonElement cell :
        JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("cells")) {
      cells.append(cell.getAsJsonObject().get("source"));
    }
    return cells.toString();
  }

  private static List<String> lines(String list) throws IOException {
    return Files.readAllLines(Repository.root().resolve(LISTS).resolve(list));
  }

  private static List<String> without(List<String> all, List<String> some) {
    List<String> rest = new ArrayList<>(all);
    rest.removeAll(some);
    return rest;
  }
}
