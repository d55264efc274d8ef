package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
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
import verydeep.data.Skipped;
import verydeep.data.UnreadableImageException;
import verydeep.drawn.DrawnImages;
import verydeep.internal.files.TensorFile;
import verydeep.internal.jobs.PartialJob;
import verydeep.jobs.Job;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
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
  void severalLayersAreOneJob() {
    FeatureExtractor extractor = extractor(3);
    Map<String, Features> whole = extractor.runByLayer(images, "pool2", "fc6", "pool5");
    try (var job = extractor.jobByLayer(images, "pool2", "fc6", "pool5")) {
      job.part(1, 2).run(target);
      job.part(0, 2).run(target);
      assertThat(job.join(target).keySet()).containsExactly("pool2", "fc6", "pool5");
      whole.forEach((layer, features) -> same(job.join(target).get(layer), features));
    }
    assertThatThrownBy(() -> extractor.jobByLayer(images, "pool9"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("pool9");
  }

  @Test
  void aFolderKeepsAnExtractionThatGoesOnFromParts() throws IOException {
    FeatureExtractor kept = extractor(1).folder(target.toString());
    try (var job = extractor(1).job(images)) {
      job.part(1, 2).run(target);
    }
    Features whole = extractor(1).run(images);
    same(kept.run(images), whole);
    Path done = target.resolve("test.safetensors");
    Object written = Files.getLastModifiedTime(done);
    same(kept.run(images), whole);
    assertThat(Files.getLastModifiedTime(done)).isEqualTo(written);
    FeatureExtractor both = kept.cache(root.resolve("cache"));
    assertThatThrownBy(() -> both.run(images))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("uses no cache");
  }

  @Test
  void imagesThatCannotBeReadAreListedAndTheOthersKeepTheirBits() throws IOException {
    Images some = holed(root.resolve("holed"), 150, i -> i == 3 || i == 130 || i == 131);
    Images sound = holed(root.resolve("sound"), 150, i -> false);
    FeatureExtractor extractor = extractor(1).arithmetic(Arithmetic.FAST).skippingUnreadable();
    Features whole = extractor.run(some);
    assertThat(whole.size()).isEqualTo(147);
    assertThat(whole.skipped())
        .extracting(Skipped::file)
        .containsExactly(some.file(3), some.file(130), some.file(131));
    Features expected = extractor(1).arithmetic(Arithmetic.FAST).run(sound);
    assertThat(whole.file(3)).isEqualTo(some.file(4));
    assertThat(whole.vector(3)).containsExactly(expected.vector(4));
    assertThat(whole.vector(146)).containsExactly(expected.vector(149));
    try (var job = extractor.job(some);
        var strict = extractor(1).arithmetic(Arithmetic.FAST).job(some)) {
      job.part(1, 2).run(target);
      job.part(0, 2).run(target);
      assertThatThrownBy(() -> strict.join(target))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll("3 images were left out as unreadable", some.name(3));
      Features joined = job.join(target);
      same(joined, whole);
      assertThat(joined.skipped()).isEqualTo(whole.skipped());
      assertThat(joined.toString()).startsWith("147 (3 images skipped) vectors");
      Features read = Features.read(joined.write(root.resolve("features.safetensors")));
      assertThat(read.skipped()).isEqualTo(whole.skipped());
    }
    assertThatThrownBy(() -> extractor(1).run(some)).isInstanceOf(UnreadableImageException.class);
  }

  @Test
  void aPartOfDamagedImagesIsAPartAndAllOfThemAreAnError() throws IOException {
    Images some = holed(root.resolve("first"), 150, i -> i < 128);
    try (var job = extractor(1).skippingUnreadable().job(some)) {
      job.part(0, 2).run(target);
      assertThat(job.part(0, 2).run(target)).isZero();
      job.part(1, 2).run(target);
      assertThat(job.join(target).size()).isEqualTo(22);
    }
    Images none = some.subset(0, 1, 2);
    assertThatThrownBy(() -> extractor(1).skippingUnreadable().run(none))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("None of the 3 images could be read");
  }

  private static Images holed(Path folder, int count, IntPredicate damaged) {
    DrawnImages.noise(folder, 1, IntStream.range(0, 2 * count).map(i -> 34 + i % 3).toArray());
    Images all = Images.folder(folder);
    IntStream.range(0, count).filter(damaged).forEach(i -> DrawnImages.broken(all.file(i)));
    return all;
  }

  @Test
  void aPartWithVectorsOfAnotherLengthIsComputedAgain() throws IOException {
    try (var job = extractor(1).job(images)) {
      job.part(0, 2).run(target);
      Path part = target.resolve("part-000000000-000000128.safetensors");
      Map<String, String> texts = TensorFile.read(part).metadata();
      Tensor short3 = Tensor.of(List.of(128, 3), new float[128 * 3]);
      Map<String, List<Integer>> shapes =
          Map.of("fc7 at 32", short3.sizes(), "fc7 at 40", short3.sizes());
      TensorFile.write(part, texts, shapes, name -> short3);
      assertThat(job.part(0, 2).run(target)).isEqualTo(128);
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

  @Test
  void thePartsOfAnExtractorFromAFileHaveItsFeaturesBeforeTheyAreJoined() {
    FeatureExtractor extractor =
        extractor(3).layer("pool4").averaged().arithmetic(Arithmetic.EXACT);
    FeatureExtractor read = FeatureExtractor.read(extractor.write(target.resolve("extractor")));
    Features whole = extractor.run(images);
    try (var job = (PartialJob<Features>) read.quiet().job(images)) {
      job.part(1, 2).run(target.resolve("parts"));
      Features second = job.result(target.resolve("parts"), 1, 2).result().orElseThrow();
      same(second, extractor.run(images.subset(IntStream.range(128, 150).toArray())));
      assertThat(second.vector(3)).containsExactly(whole.vector(131));
      assertThat(second.file(3)).isEqualTo(images.file(131));
      assertThatThrownBy(() -> job.result(target.resolve("parts"), 0, 2))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("lacks images 0 to 127");
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
