package verydeep.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Executors do not get the libraries of tables, charts and notebooks, so nothing here needs them.
 */
@AnalyzeClasses(packages = "verydeep.spark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NO_REPORTS_AND_NO_NOTEBOOKS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "verydeep.report..",
              "verydeep.internal.report..",
              "verydeep.notebook..",
              "verydeep.internal.notebook..",
              "tech.tablesaw..",
              "org.knowm.xchart..",
              "org.dflib.jjava..");
}
