package verydeep.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.internal.devices.Gpus;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** The whole check with a narrow network, on whatever this machine has. */
@Timeout(300)
class GpuCheckTest {

  @TempDir Path folder;

  private static Checkpoint convolutions() {
    Vgg net = Vgg.of(Configuration.B).width(1 / 16.0).convolutionsOnly().build();
    return Checkpoint.of(
        Parameters.initial(net, 1), List.of(), Preprocessing.caffe(), Provenance.unknown());
  }

  @Test
  void everythingThatTheCpuCanDoIsHeldTogetherAndMeasured() {
    Images photos = Images.folder("datasets/clothing/train").take(80, 1);
    GpuReport report = GpuCheck.of(convolutions(), photos).quiet().run();
    assertThat(report.agreements()).allMatch(GpuReport.Agreement::holds).hasSizeGreaterThan(5);
    assertThat(report.agreements()).extracting(GpuReport.Agreement::note).containsOnly("");
    assertThat(report.agreements())
        .extracting(GpuReport.Agreement::what)
        .anyMatch(w -> w.contains("logits"));
    assertThat(report.speeds())
        .extracting(GpuReport.Speed::work)
        .anyMatch(w -> w.startsWith("loading"))
        .anyMatch(w -> w.startsWith("training"))
        .anyMatch(w -> w.startsWith("testing"));
    assertThat(report.speeds()).allMatch(speed -> speed.imagesPerSecond() > 0);
    assertThat(report.toString()).contains("agreements hold", "images/s");
    if (Gpus.count() == 0) {
      // 32 bits on the CPU are not held against themselves
      assertThat(report.agreements())
          .filteredOn(a -> a.what().startsWith("a step"))
          .extracting(GpuReport.Agreement::numbers)
          .containsExactly("mixed precision");
    }
  }

  @Test
  void aDifferenceThatIsNoNumberDoesNotHold() {
    assertThat(GpuReport.Agreement.of("scores", "float32", "of the largest", Double.NaN, 1).holds())
        .isFalse();
    assertThat(GpuReport.Agreement.of("scores", "float32", "of the largest", 2, 1))
        .hasToString("scores, float32: 2.0e+00 of the largest (allowed 1.0e+00), does not hold");
    GpuReport.Agreement failed =
        GpuReport.Agreement.failed("scores", "TF32", new IllegalStateException("no card"));
    assertThat(failed.holds()).isFalse();
    assertThat(failed.toString()).contains("scores, TF32: failed", "no card");
  }

  @Test
  void differencesAreThoseOfTheLargestNumber() {
    float[] expected = {1, -4, 2};
    assertThat(Compared.toLargest(new float[] {1, -4, 2}, expected)).isZero();
    assertThat(Compared.toLargest(new float[] {1, -4, 3}, expected)).isEqualTo(0.25);
    assertThat(Compared.toLargest(new float[] {1, Float.NaN, 2}, expected)).isNaN();
  }

  @Test
  void aStepThatIsNotMadeIsOneWholeStepAway() {
    Vgg net = Vgg.of(Configuration.A).classes(3).width(1 / 16.0).input(32).build();
    Parameters before = Parameters.initial(net, 1);
    Parameters after = Parameters.initial(net, 2);
    assertThat(Compared.steps(after, after, before)).isZero();
    assertThat(Compared.steps(before, after, before)).isEqualTo(1);
    assertThat(Compared.same(before, Parameters.initial(net, 1))).isTrue();
    assertThat(Compared.same(before, after)).isFalse();
  }

  @Test
  void pyTorchsSpeedsAreReadAndItsFailureIsSaid() throws IOException {
    Path works = folder.resolve("works.sh");
    Files.writeString(works, "echo warming up\necho 'speed;training D;PyTorch TF32;1200.5'\n");
    assertThat(new PyTorch("sh", works).speeds())
        .containsExactly(new GpuReport.Speed("training D", "PyTorch TF32", 1200.5, Double.NaN));
    Path fails = folder.resolve("fails.sh");
    Files.writeString(fails, "echo 'No module named torch. Really' >&2\nexit 1\n");
    assertThat(new PyTorch("sh", fails).speeds())
        .singleElement()
        .satisfies(s -> assertThat(s.imagesPerSecond()).isNaN())
        .hasToString("PyTorch beside us: not measured: No module named torch");
    assertThat(new PyTorch(folder.resolve("no-python").toString(), works).speeds())
        .singleElement()
        .satisfies(s -> assertThat(s.toString()).contains("not measured", "no-python"));
  }
}
