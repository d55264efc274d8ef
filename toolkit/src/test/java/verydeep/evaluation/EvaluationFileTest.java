package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFileTest {

  @TempDir Path root;

  @Test
  void aTestOfAHundredThousandLongPathsIsReadBack() {
    String folder = "/a/data/set/whose/path/is/long/validation/n01440764/";
    List<Prediction> predictions =
        IntStream.range(0, 100_000)
            .mapToObj(
                i ->
                    new Prediction(
                        Path.of(folder, "ILSVRC2012_val_" + i + ".JPEG"), 1, new float[] {0, 1}))
            .toList();
    Path file = root.resolve("test.safetensors");
    EvaluationFile.write(
        file,
        new TestRecord(
            TestFacts.of("VGG A", "one view", 1), List.of("cat", "dog"), predictions, List.of()));

    TestRecord read = EvaluationFile.read(file);

    assertThat(file.toFile().length()).isGreaterThan(7_000_000);
    assertThat(read.predictions()).hasSize(100_000);
    assertThat(read.predictions().get(99_999).file()).isEqualTo(predictions.get(99_999).file());
  }

  private String nameReadBack(String name, String protocol) {
    Path file = root.resolve("named.safetensors");
    List<Prediction> one = List.of(new Prediction(Path.of("a.jpg"), 1, new float[] {0, 1}));
    EvaluationFile.write(
        file,
        new TestRecord(TestFacts.of(name, protocol, 1), List.of("cat", "dog"), one, List.of()));
    TestRecord read = EvaluationFile.read(file);
    return read.name() + "; " + read.protocol();
  }

  @Test
  void aNameIsReadBackAsItWasGivenAndOnlyTheProtocolOfAnOlderTestIsRenewed() {
    assertThat(nameReadBack("colour jitter, mirrored pictures", "centre crop, Q=256"))
        .isEqualTo("colour jitter, mirrored pictures; center crop, Q=256");
    assertThat(nameReadBack("the commonest class", "no view"))
        .isEqualTo("the commonest class; no view");
    assertThat(nameReadBack("the commonest class of pictures", "no look"))
        .isEqualTo("the commonest class of pictures; no view");
    assertThat(nameReadBack("the commonest class", "no look")).isEqualTo("majority class; no view");
  }

  @Test
  void anInterruptLeavesAFileReadable() {
    Path file = root.resolve("test.safetensors");
    EvaluationFile.write(
        file,
        new TestRecord(
            TestFacts.of("VGG A", "one view", 1),
            List.of("cat", "dog"),
            List.of(new Prediction(Path.of("a.jpg"), 1, new float[] {0, 1})),
            List.of()));
    Thread.currentThread().interrupt();

    TestRecord read = EvaluationFile.read(file);

    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(read.predictions()).hasSize(1);
  }
}
