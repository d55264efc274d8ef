package verydeep.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Images;
import verydeep.drawn.DrawnImages;
import verydeep.internal.inference.MeanActivations;
import verydeep.internal.inference.ProgressLine;
import verydeep.internal.inference.TestFolder;

class TestRunTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private final ProgressLine line = new ProgressLine(out, ProgressLine.Place.TERMINAL);

  @Test
  void imagesThatComeTogetherDoNotMakeTheFirstOfThemSlow(@TempDir Path root)
      throws InterruptedException {
    Images images = DrawnImages.noise(root, 1, IntStream.generate(() -> 40).limit(18).toArray());
    List<String> classes = List.of("a", "b", "c");
    TestFolder.Found<EvaluationFile.Content> nothing = TestFolder.Found.nothing();
    TestRun run =
        new TestRun(images, classes, new int[] {0, 1, 2}, false, nothing, null, 4, line, "testing");
    assertThat(bytes.toString(UTF_8)).isEqualTo("\rtesting: 0/9");
    MeanActivations activation = new MeanActivations(40, false, List.of(new float[] {1, 2, 3}));
    for (int i = 0; i < 9; i++) {
      Thread.sleep(i % 4 == 0 ? 250 : 0);
      run.accept(i, List.of(activation));
    }
    assertThat(bytes.toString(UTF_8))
        .matches("\rtesting: 0/9\rtesting: 4/9.*\rtesting: 8/9.*\\rtesting: 9/9.*");
  }
}
