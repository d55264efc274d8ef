package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import verydeep.ForkedJvm;
import verydeep.drawn.DrawnImages;

/**
 * A short training on the toolkit's own kernels ends in the same bits on another JDK: {@code mvn
 * test -pl toolkit -Dtest=OtherJdkTest -Dother.jdk=/path/to/jdk}.
 */
@EnabledIfSystemProperty(named = "other.jdk", matches = ".+")
class OtherJdkTest {

  @TempDir private Path root;

  @Test
  void aTrainingEndsInTheSameBitsOnAnotherJdk() throws IOException, InterruptedException {
    Path images = root.resolve("images");
    DrawnImages.shapes(images, 10, 1);
    String here = bits(ForkedJvm.OWN_JDK, images);
    String there = bits(Path.of(System.getProperty("other.jdk")), images);
    System.out.printf("here:  %s%nthere: %s%n", here, there);
    assertThat(there.replaceFirst("Java \\d+", "")).isEqualTo(here.replaceFirst("Java \\d+", ""));
  }

  private String bits(Path jdk, Path images) throws IOException, InterruptedException {
    Path output = root.resolve("output");
    Process process = ForkedJvm.startKernels(jdk, ShortTraining.class, output, images);
    boolean ended = process.waitFor(300, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertThat(ended).as(text).isTrue();
    return text.lines().filter(line -> line.startsWith("bits ")).findFirst().orElse(text);
  }
}
