package verydeep.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import verydeep.scripts.Processes.Result;

class RunScriptTest {

  private static final Path ROOT = Processes.root();

  @TempDir private Path folder;

  @Test
  void aScriptReadsItsSettings_andPrintsNothingButItsOwn() throws Exception {
    var result =
        run(
            """
            // A comment; then two snippets on a line, a method over lines, a chain with dots at the end.
            int epochs = Integer.getInteger("epochs", 30); var data = System.getProperty("data", "none");

            /* forward: */
            int twice(int n) {
              return n + same(n);
            }
            int same(int n) { return n; }
            List.of(1, 2, 3).stream().
                filter(n -> n > 1). // a comment within
                forEach(n -> System.out.print(twice(n) + "\\r"));
            epochs + 1
            System.out.print(epochs + data + Boolean.getBoolean("quick"));
            """,
            "epochs=8",
            "data=a b=c",
            "quick=true");

    assertThat(result).isEqualTo(new Result(0, "4\r6\r8a b=ctrue", ""));
  }

  @Test
  void anExceptionIsNamedWithItsLineAndItsCauses() throws Exception {
    var result =
        run(
            """
            void deep(int n) {
              if (n > 1) {
                throw new IllegalStateException("deep");
              }
            }
            List.of(1, 2).
                forEach(n -> {
                  try {
                    deep(n);
                  } catch (IllegalStateException e) {
                    throw new RuntimeException("outer", e);
                  }
                });
            System.out.println("not reached");
            """);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("%s:11: java.lang.RuntimeException: outer".formatted(script()))
        .contains("Caused by: java.lang.IllegalStateException: deep")
        .contains("at deep (%s:3)".formatted(script()), "at %s:9".formatted(script()))
        .contains("... ")
        .doesNotContain("REPL", "jdk.jshell");
  }

  @Test
  void aCompileErrorIsNamedWithItsLine() throws Exception {
    var result = run("System.out.println(1);\n\nint n = 1 +\n    nope;\n");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("1%n".formatted());
    assertThat(result.err())
        .startsWith("%s:4: error: cannot find symbol".formatted(script()))
        .contains("        nope;\n        ^")
        .contains("symbol:   variable nope");
  }

  @Test
  void whatTheFileLeavesIncompleteIsAnError() throws Exception {
    var result = run("int a = 1;\n\nint f(\n    int x) {\n  return x;\n");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("%s:3: error: the file ends before this is complete".formatted(script()));
  }

  @Test
  void whatIsNeverDefinedIsAnError() throws Exception {
    var called = run("int f() {\n  return g();\n}\nf();\n");
    var notCalled = run("\nint f() { return g(); }\n");

    assertThat(called.status()).isEqualTo(1);
    assertThat(called.err()).contains("%s:".formatted(script()), "method g()");
    assertThat(notCalled.status()).isEqualTo(1);
    assertThat(notCalled.err())
        .startsWith("%s:2: error: not defined anywhere: method g()".formatted(script()));
  }

  @Test
  void theStatusOfAnExitIsKept() throws Exception {
    var exit =
        run(
            """
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.print("hook")));
            System.exit(3);
            """);

    assertThat(exit).isEqualTo(new Result(3, "hook", ""));
    assertThat(run("/exit 4\n")).isEqualTo(new Result(4, "", ""));
  }

  @Test
  void aSettingThatTheScriptDoesNotReadIsAnError() throws Exception {
    var reads = "Integer.getInteger(\"epochs\", 30);\nSystem.getProperty(\"data\");\n";

    var unknown = run(reads, "epoch=3");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("no setting 'epoch'", "its settings: data, epochs");
    var noNumber = run(reads, "epochs=many");
    assertThat(noNumber.status()).isEqualTo(2);
    assertThat(noNumber.err()).contains("epochs must be a whole number, not 'many'");
    assertThat(run(reads, "epochs").err()).contains("'epochs' is not of the form key=value");
  }

  @Test
  void aValueOfTheWrongKindNamesTheSettingAndWhatIsAllowed() throws Exception {
    var reads =
        """
        var width = Double.parseDouble(System.getProperty("width", "0.125"));
        var sides = System.getProperty("sides", "64,96").split(",");
        var network = Configuration.of(System.getProperty("network", "D"));
        System.out.print(network);
        """;

    assertThat(run(reads, "width=abc"))
        .isEqualTo(new Result(2, "", "width must be a number, such as 0.5, not 'abc'\n"));
    assertThat(run(reads, "sides=64;96").err())
        .isEqualTo("sides must be whole numbers with commas between them, not '64;96'\n");
    assertThat(run(reads, "network=F").err())
        .startsWith("network=F: There is no network \"F\"; there are A, A-LRN, B, C, D, E, B-5x5.");
    assertThat(run("import verydeep.network.*;\n" + reads, "network=a-lrn", "sides=64").out())
        .as("the table's own spelling")
        .isEqualTo("A_LRN");
  }

  @Test
  void helpNamesEverySettingWithItsDefaultAndItsMeaning() throws Exception {
    var result =
        run(
            """
            // Does a job.
            var epochs = Integer.getInteger("epochs", 24); // of each; at most
            String from = System.getProperty("from", ""), to = System.getProperty("to", "b"); // old; new
            if (Boolean.getBoolean("quick")) { // in a minute
              throw new IllegalStateException();
            }
            """,
            "--help");

    assertThat(result)
        .isEqualTo(
            new Result(
                0,
                """
                jshell-scripts/run script [key=value ...]
                Does a job.

                  epochs=24                   of each; at most; a whole number
                  from=                       old; a text
                  to=b                        new; a text
                  quick=false                 in a minute; true or false
                """,
                ""));
  }

  @Test
  void anErrorOfTheToolkitIsALineWithoutAStackTrace() throws Exception {
    var result = run("\nverydeep.weights.Checkpoint.read(\"none.safetensors\");\n");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).startsWith(script() + ":2: ").contains("none.safetensors");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aMissingScriptIsAnError() throws Exception {
    var result = await(new ProcessBuilder(ROOT.resolve("jshell-scripts/run").toString(), "nope"));

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("no script 'nope'");
  }

  private Path script() {
    return folder.resolve("script.jsh");
  }

  private Result run(String script, String... settings) throws Exception {
    Files.writeString(script(), script);
    var imports = Files.writeString(folder.resolve("imports.jsh"), "import java.util.*;\n");
    var command = new ArrayList<String>(Processes.launcher(imports, script()));
    command.addAll(List.of(settings));
    return await(new ProcessBuilder(command));
  }

  private Result await(ProcessBuilder builder) throws IOException, InterruptedException {
    return Processes.await(builder, folder);
  }
}
