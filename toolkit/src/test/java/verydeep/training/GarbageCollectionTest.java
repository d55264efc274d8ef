package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.ForkedJvm;

/**
 * A collected array whose numbers libtorch still needs makes gradients of what lies in its memory
 * next: rare, without an error, and the end of a training. The process has a small heap, so that a
 * collection takes milliseconds and each step sees several.
 */
class GarbageCollectionTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"classes", "activation normalization", "boxes"})
  void gradientsAreTheSameWhileGarbageIsCollected(String kind)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process = ForkedJvm.start(CollectedGradients.class, output, List.of(), kind);
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertThat(ended).as(text).isTrue();
    assertThat(text).endsWith("the same\n");
    assertThat(process.exitValue()).isZero();
  }
}
