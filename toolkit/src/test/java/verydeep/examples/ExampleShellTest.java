package verydeep.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An example that is wrong is found, with its line; one that is right passes. */
class ExampleShellTest {

  private final ExampleShell shell = new ExampleShell("import java.util.stream.*;");

  @AfterEach
  void close() {
    shell.close();
  }

  private String run(String code) {
    return shell.run(new Example("page.md", "Heading", 10, code, ""));
  }

  private String compile(String code) {
    return shell.run(new Example("page.md", "Heading", 10, code, "it takes hours"));
  }

  @Test
  void laterExamplesUseNamesOfEarlierOnes() {
    assertThat(run("var five = 5; // a number\n\n// the end\n")).isEmpty();
    assertThat(run("if (five != 5) {\n  throw new AssertionError();\n}\n")).isEmpty();
  }

  @Test
  void dotsMayEndOrLeadALine() {
    assertThat(run("var a = Stream.of(1, 2).\n    map(n -> n + 1).   // more\n    toList();\n"))
        .isEmpty();
    assertThat(run("var b = Stream.of(1, 2)\n    .map(n -> n + 1)\n    .toList();\nb.get(1)\n"))
        .isEmpty();
  }

  @Test
  void namesTheLineOfAMistake() {
    assertThat(run("var a = 1;\n\nint b = \"b\";\n"))
        .startsWith("page.md:12: int b = \"b\";")
        .contains("incompatible types");
    assertThat(run("nobody.knows();\n")).startsWith("page.md:10:").contains("cannot find symbol");
    assertThat(run("var c = 1;\nint d() { return unknown; }\n"))
        .startsWith("page.md:11:")
        .contains("not defined anywhere: variable unknown");
    assertThat(run("int e = Math.max(1,\n")).startsWith("page.md:10:").contains("complete");
  }

  @Test
  void namesTheLineOfAnException() {
    assertThat(run("var a = 1;\nInteger.parseInt(\"one\");\n"))
        .startsWith("page.md:11: Integer.parseInt")
        .contains("NumberFormatException: For input string: \"one\"");
  }

  @Test
  void compilesWithoutRunning() {
    assertThat(compile("import java.net.URI;\nvar a = URI.create(\"a\");\nSystem.exit(1);\n"))
        .isEmpty();
    assertThat(run("System.out.println(a);\n")).contains("cannot find symbol");
    assertThat(compile("var b = 1;\nb.run();\n")).contains("int cannot be dereferenced");
    assertThat(compile("nobody.knows();\n")).contains("nobody");
  }
}
