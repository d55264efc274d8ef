package verydeep.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM without the Vector API and without oneDNN works as before and says what it misses. */
class WithoutVectorsTest {

  @TempDir Path folder;

  @Test
  void withoutThemDjlRunsAndOneLineNamesWhatIsMissing() throws IOException, InterruptedException {
    List<String> lines = lines("0.25");
    assertThat(lines)
        .containsExactly(
            "verydeep: this JVM was started without --add-modules jdk.incubator.vector; testing "
                + "uses DJL's arithmetic, which is about half as fast.",
            "ran: DJL's PyTorch",
            "ran: DJL's PyTorch",
            "refused: Arithmetic EXACT cannot run: this JVM was started without --add-modules "
                + "jdk.incubator.vector. Use DJL.",
            "refused: Arithmetic BF16 cannot run: oneDNN is not on the class path; add the "
                + "dependency org.bytedeco:dnnl-platform:3.11-1.5.13. Use FAST, EXACT or DJL.");
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.matches(".*(dnnl|javacpp|opencl)-.*\\.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void withASmallHeapDjlRunsAndOneLineSaysHowLargeItShouldBe()
      throws IOException, InterruptedException {
    assertThat(lines("0.5", "-Xmx128m", "--add-modules", "jdk.incubator.vector"))
        .startsWith(
            "verydeep: the kernels need a heap of more than 0.14 GB for A, width 0.5, and this JVM"
                + " has at most 0.13 GB (-Xmx); testing uses DJL's arithmetic, which is about half"
                + " as fast.",
            "ran: DJL's PyTorch",
            "ran: DJL's PyTorch");
  }

  private List<String> lines(String width, String... options)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(), WithoutVectors.class.getName(), width));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readAllLines(output).stream()
        .filter(line -> line.matches("(verydeep|ran|refused): .*"))
        .toList();
  }
}
