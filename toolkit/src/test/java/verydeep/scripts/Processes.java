package verydeep.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import verydeep.Repository;

/** Processes that run scripts, to their end. */
final class Processes {

  private Processes() {}

  /** What came of one. */
  record Result(int status, String out, String err) {}

  /** The repository's root. */
  static Path root() {
    return Repository.root();
  }

  static void compileTheRunner(Path classes) {
    var source = root().resolve("jshell-scripts/RunScript.java").toString();
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), source))
        .isZero();
  }

  static Result await(ProcessBuilder builder, Path folder)
      throws IOException, InterruptedException {
    var out = folder.resolve("out").toFile();
    var err = folder.resolve("err").toFile();
    var process = builder.redirectOutput(out).redirectError(err).start();
    var status = process.waitFor();
    return new Result(status, Files.readString(out.toPath()), Files.readString(err.toPath()));
  }
}
