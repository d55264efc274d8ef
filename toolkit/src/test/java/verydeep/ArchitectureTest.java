package verydeep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The arrows between the packages run one way, and each library is known where it belongs. */
@AnalyzeClasses(packages = "verydeep", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** A package, and the packages that an arrow leads to from it; what lies behind counts too. */
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("internal.images", List.of()),
          Map.entry("data", List.of("internal.images")),
          Map.entry("internal.batches", List.of("data")),
          Map.entry("internal.devices", List.of()),
          Map.entry("device", List.of("internal.devices")),
          Map.entry("network", List.of("data")),
          Map.entry("internal.files", List.of("network")),
          Map.entry("internal.passes", List.of("network")),
          Map.entry("internal.djl", List.of("internal.passes", "device")),
          Map.entry("internal.cpu", List.of("internal.passes")),
          Map.entry("internal.onednn", List.of("internal.passes")),
          Map.entry("cpu", List.of()),
          Map.entry(
              "internal.arithmetic",
              List.of("cpu", "internal.cpu", "internal.djl", "internal.onednn")),
          Map.entry("internal.inference", List.of("internal.files", "internal.arithmetic")),
          Map.entry("jobs", List.of()),
          Map.entry("internal.jobs", List.of("internal.inference", "jobs")),
          Map.entry("classification", List.of("internal.jobs")),
          Map.entry("weights", List.of("classification")),
          Map.entry("inspection", List.of("weights")),
          Map.entry("evaluation", List.of("internal.models")),
          Map.entry("lessons", List.of("evaluation")),
          Map.entry("internal.tasks", List.of("evaluation", "internal.batches")),
          Map.entry("training", List.of("internal.tasks")),
          Map.entry("localization", List.of("training", "internal.models")),
          Map.entry("internal.models", List.of("weights")),
          Map.entry("transfer", List.of("training", "internal.models", "inspection")),
          Map.entry("djl", List.of("localization")),
          Map.entry("internal.classifiers", List.of("transfer")),
          Map.entry("internal.report", List.of()),
          Map.entry("report", List.of("localization", "transfer", "internal.report")),
          Map.entry("internal.notebook", List.of("report")),
          Map.entry("notebook", List.of("internal.notebook")));

  @ArchTest
  void arrowsRunOneWay(JavaClasses classes) {
    ARROWS.keySet().forEach(name -> onlyBehind(name).check(classes));
  }

  @ArchTest
  void everyPackageHasItsPlace(JavaClasses classes) {
    List<String> known =
        new ArrayList<>(ARROWS.keySet().stream().map(ArchitectureTest::all).toList());
    known.add("verydeep"); // the exceptions that all packages throw
    classes().should().resideInAnyPackage(known.toArray(String[]::new)).check(classes);
  }

  /** The page that newcomers read has the arrows that the code is held to. */
  @ArchTest
  void thePageOnArchitectureHasTheseArrows(JavaClasses unused) throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/architecture.md"));
    String block = page.split("```text\n", 2)[1].split("```", 2)[0];
    Map<String, List<String>> arrows = new TreeMap<>();
    for (String line : block.lines().toList()) {
      String[] sides = line.split(" ->", 2);
      arrows.put(
          sides[0], Stream.of(sides[1].trim().split(", ", -1)).filter(s -> !s.isEmpty()).toList());
    }
    assertThat(arrows).isEqualTo(ARROWS);
  }

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("verydeep.(**)").should().beFreeOfCycles();

  /** The bridge to the kernel names the type of a chart, to say how it is shown. */
  @ArchTest
  static final ArchRule ONLY_REPORT_AND_NOTEBOOK_KNOW_CHARTS =
      onlyIn(List.of("report", "internal.report", "internal.notebook"), "org.knowm.xchart..");

  /** The same for tables. */
  @ArchTest
  static final ArchRule ONLY_REPORT_AND_NOTEBOOK_KNOW_TABLES =
      onlyIn(
          List.of("report", "internal.report", "notebook", "internal.notebook"), "tech.tablesaw..");

  @ArchTest
  static final ArchRule ONLY_NOTEBOOK_KNOWS_THE_KERNEL =
      onlyIn(List.of("notebook", "internal.notebook"), "org.dflib.jjava..");

  /** The package djl is there to hand checkpoints to it, so that weights need not know it. */
  @ArchTest
  static final ArchRule ONLY_ARITHMETIC_AND_ITS_BRIDGE_KNOW_DJL =
      onlyIn(
          List.of(
              "device",
              "internal.devices",
              "internal.djl",
              "internal.tasks",
              "training",
              "localization",
              "djl"),
          "ai.djl..");

  /** All but one of its classes load only where the optional dependency is there. */
  @ArchTest
  static final ArchRule ONLY_ITS_PACKAGE_KNOWS_ONEDNN =
      onlyIn(List.of("internal.onednn"), "org.bytedeco..");

  @ArchTest
  static final ArchRule ONLY_TRANSFER_KNOWS_LIBLINEAR =
      onlyIn(List.of("transfer"), "de.bwaldvogel..");

  @ArchTest
  static final ArchRule ONLY_FILES_AND_WEIGHTS_KNOW_JSON =
      onlyIn(List.of("weights", "internal.files"), "com.google.gson..");

  @ArchTest
  static final ArchRule ONLY_DATA_READS_PIXELS = onlyIn(List.of("data"), "com.twelvemonkeys..");

  @ArchTest
  static final ArchRule ONLY_DATA_AND_REPORT_DECOMPOSE_MATRICES =
      onlyIn(List.of("data", "report"), "org.ejml..");

  /** A JVM without the module may load all the others, and the build compiles these alone. */
  @ArchTest
  static final ArchRule ONLY_KERNELS_KNOW_THE_VECTOR_API =
      noClasses()
          .that()
          .haveNameNotMatching("verydeep\\.internal\\.cpu\\.[A-Z][a-z]+Kernel")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
          .because("such a name says nothing");

  @ArchTest
  static final ArchRule ONLY_TESTS_ARE_NAMED_TESTS =
      noClasses()
          .that()
          .areTopLevelClasses()
          .should()
          .haveNameMatching(".*Tests?")
          .because("what a test found is an evaluation or a result");

  @ArchTest
  static final ArchRule PUBLIC_CLASSES_ARE_NOT_FOR_EXTENSION =
      classes().that(isPublic()).should(beClosed());

  @ArchTest
  static final ArchRule PUBLIC_EXCEPTIONS_HAVE_ONE_PARENT =
      classes()
          .that(isPublic())
          .and()
          .areAssignableTo(Throwable.class)
          .and()
          .resideOutsideOfPackage("verydeep.internal..")
          .should()
          .beAssignableTo(VerydeepException.class);

  private static ArchRule onlyBehind(String name) {
    Set<String> forbidden = new LinkedHashSet<>(ARROWS.keySet());
    forbidden.remove(name);
    forbidden.removeAll(behind(name));
    String[] packages = forbidden.stream().map(ArchitectureTest::all).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(all(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true); // a package that is planned and not there yet
  }

  private static Set<String> behind(String name) {
    Set<String> behind = new LinkedHashSet<>();
    for (String next : ARROWS.get(name)) {
      behind.add(next);
      behind.addAll(behind(next));
    }
    return behind;
  }

  private static ArchRule onlyIn(List<String> packages, String... library) {
    String[] allowed = packages.stream().map(ArchitectureTest::all).toArray(String[]::new);
    return noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }

  private static String all(String name) {
    return "verydeep." + name + "..";
  }

  private static DescribedPredicate<JavaClass> isPublic() {
    return DescribedPredicate.describe(
        "are public", c -> c.getModifiers().contains(JavaModifier.PUBLIC));
  }

  private static ArchCondition<JavaClass> beClosed() {
    return new ArchCondition<>("be final, sealed, records, enums, interfaces or exceptions") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean closed =
            item.getModifiers().contains(JavaModifier.FINAL)
                || item.isRecord()
                || item.isEnum()
                || item.isInterface()
                || item.isAssignableTo(Throwable.class)
                || item.reflect().isSealed();
        events.add(new SimpleConditionEvent(item, closed, item.getName() + " is open"));
      }
    };
  }
}
