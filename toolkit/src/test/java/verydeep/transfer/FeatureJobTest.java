package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.drawn.DrawnImages;
import verydeep.jobs.Job;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Extractions in parts, joined to the bits of one run. */
@Timeout(120)
class FeatureJobTest {

  private static final Vgg NET = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();

  @TempDir static Path root;
  @TempDir Path target;
  private static Images images;

  @BeforeAll
  static void draw() {
    int[] sides = IntStream.range(0, 300).map(i -> 34 + (i * 7) % 23).toArray();
    images = DrawnImages.noise(root.resolve("noise"), 1, sides);
  }

  private static FeatureExtractor extractor(long seed) {
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(NET, seed),
            List.of("a", "b", "c"),
            Preprocessing.paper(new Rgb(120, 110, 100)),
            Provenance.unknown());
    return FeatureExtractor.of(checkpoint).scales(32, 40).quiet();
  }

  private static void same(Features given, Features expected) {
    assertThat(given.protocol()).isEqualTo(expected.protocol());
    assertThat(given.size()).isEqualTo(expected.size());
    for (int i = 0; i < given.size(); i++) {
      assertThat(given.vector(i)).containsExactly(expected.vector(i));
    }
  }

  private void done(Job<Features> job, int parts, Path folder) {
    for (int i = parts - 1; i >= 0; i--) {
      job.part(i, parts).run(folder);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DJL", "FAST", "EXACT"})
  void partsOfSeveralSizesJoinToTheBitsOfOneRun(Arithmetic arithmetic) {
    FeatureExtractor extractor = extractor(1).arithmetic(arithmetic);
    Features whole = extractor.run(images);
    try (var job = extractor.job(images)) {
      for (int parts : new int[] {1, 2, 5}) {
        Path folder = target.resolve("in-" + parts);
        done(job, parts, folder);
        job.part(0, parts).run(folder);
        same(job.join(folder), whole);
        same(job.join(folder), whole);
      }
    }
  }

  @Test
  void averagedScalesOfAConvolutionAreTheSame() {
    FeatureExtractor extractor = extractor(2).layer("pool3").averaged();
    try (var job = extractor.job(images)) {
      done(job, 3, target);
      same(job.join(target), extractor.run(images));
    }
  }

  @Test
  void anotherNetworkAnotherLayerAndOtherImagesAreRefusedByName() {
    try (var job = extractor(1).job(images);
        var network = extractor(2).job(images);
        var layer = extractor(1).layer("pool4").job(images);
        var others = extractor(1).job(images.some(99, 1))) {
      job.part(0, 2).run(target);
      refused(network, "weights: ");
      refused(layer, "layer: fc7 in the file, pool4 now");
      refused(others, "images: 150 of 3 classes");
    }
  }

  private void refused(Job<Features> job, String what) {
    assertThatThrownBy(() -> job.part(1, 2).run(target))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining(what);
  }

  @Test
  void scalesAreNeeded() {
    FeatureExtractor none = extractor(1).scales();
    assertThatThrownBy(() -> none.job(images))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("No scale was given");
  }
}
