package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.UnreadableImageException;
import verydeep.drawn.DrawnImages;
import verydeep.internal.jobs.NetworkTime;
import verydeep.internal.jobs.TimedJob;
import verydeep.jobs.Job;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Tests in parts, joined to the bits of one run. */
@Timeout(120)
class EvaluationJobTest {

  private static final Vgg NET = Vgg.of(A).classes(3).width(1 / 16.0).input(32).build();

  @TempDir static Path root;
  @TempDir Path target;
  private static Images images;

  @BeforeAll
  static void draw() {
    int[] sides = IntStream.range(0, 200).map(i -> 34 + (i * 7) % 23).toArray();
    DrawnImages.noise(root.resolve("noise"), 1, sides);
    DrawnImages.broken(root.resolve("noise/b/005a.png"));
    images = Images.folder(root.resolve("noise"));
  }

  private static Checkpoint network(long seed) {
    return Checkpoint.of(
        Parameters.initial(NET, seed),
        List.of("a", "b", "c"),
        Preprocessing.paper(new Rgb(120, 110, 100)),
        Provenance.unknown());
  }

  private static EvaluationBuilder test(long seed) {
    return Evaluation.of(network(seed), images)
        .dense()
        .scales(32, 40)
        .skippingUnreadable()
        .quiet()
        .pause(0);
  }

  private static void same(Evaluation given, Evaluation expected) {
    assertThat(given.protocol()).isEqualTo(expected.protocol());
    assertThat(given.arithmetic()).isEqualTo(expected.arithmetic());
    assertThat(given.skipped()).isEqualTo(expected.skipped());
    assertThat(given.predictions()).hasSameSizeAs(expected.predictions());
    for (int i = 0; i < given.predictions().size(); i++) {
      Prediction one = given.predictions().get(i);
      Prediction other = expected.predictions().get(i);
      assertThat(one.file()).isEqualTo(other.file());
      assertThat(one.label()).isEqualTo(other.label());
      for (int k = 0; k < 3; k++) {
        assertThat(Float.floatToRawIntBits(one.score(k)))
            .isEqualTo(Float.floatToRawIntBits(other.score(k)));
      }
    }
  }

  private static void runBackwards(Job<Evaluation> job, int parts, Path folder) {
    for (int i = parts - 1; i >= 0; i--) {
      job.part(i, parts).run(folder);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DJL", "FAST", "EXACT"})
  void partsOfSeveralSizesJoinToTheBitsOfOneRun(Arithmetic arithmetic) {
    EvaluationBuilder test = test(1).arithmetic(arithmetic);
    Evaluation whole = test.run();
    assertThat(whole.skipped()).hasSize(1);
    try (var job = test.job()) {
      for (int parts : new int[] {1, 3, 40}) {
        Path folder = target.resolve("in-" + parts);
        runBackwards(job, parts, folder);
        same(job.join(folder), whole);
      }
    }
  }

  @Test
  void aJobKnowsWhatItsNetworksTook() {
    EvaluationBuilder test =
        Evaluation.of(network(1), images.subset(IntStream.range(0, 40).toArray()))
            .denseAndMultiCrop()
            .scales(40)
            .skippingUnreadable()
            .quiet();
    try (var job = (TimedJob<Evaluation>) test.job()) {
      assertThat(job.networkTime()).isEqualTo(NetworkTime.NONE);
      long began = System.nanoTime();
      job.part(0, 2).run(target);
      NetworkTime first = job.networkTime();
      job.part(1, 2).run(target);
      NetworkTime both = job.networkTime();

      assertThat(both.loading() + both.computing()).isLessThan((System.nanoTime() - began) / 1e9);
      assertThat(first.loading()).isPositive();
      assertThat(first.computing()).isPositive();
      assertThat(both.minus(first).computing()).isPositive();
      job.part(1, 2).run(target);
      assertThat(job.networkTime()).as("after a part that was there").isEqualTo(both);
    }
  }

  @Test
  void oneMachineMayHaveTheImagesOnDiskAndAnotherByName() {
    EvaluationBuilder onDisk = test(1).arithmetic(Arithmetic.FAST);
    EvaluationBuilder byName =
        Evaluation.of(network(1), images.from(name -> Files.readAllBytes(Path.of(name))))
            .dense()
            .scales(32, 40)
            .skippingUnreadable()
            .quiet()
            .arithmetic(Arithmetic.FAST);
    try (var first = onDisk.job();
        var second = byName.job()) {
      first.part(0, 2).run(target);
      second.part(1, 2).run(target);
      same(first.join(target), onDisk.run());
    }
  }

  @Test
  void cropsInPartsJoinToTheBitsOfOneRun() {
    EvaluationBuilder test = test(2).multiCrop().scales(40).arithmetic(Arithmetic.DJL);
    try (var job = test.job()) {
      runBackwards(job, 4, target);
      same(job.join(target), test.run());
    }
  }

  @Test
  void denseAndCropsTogetherAreOneJob() {
    EvaluationBuilder test = test(3).denseAndMultiCrop().scales(40);
    try (var job = test.job()) {
      runBackwards(job, 2, target);
      same(job.join(target), test.run());
    }
  }

  @Test
  void aJoinedFolderIsThatOfAFinishedTestAndTheOtherWayAround() {
    try (var job = test(1).job()) {
      runBackwards(job, 2, target.resolve("joined"));
      Evaluation joined = job.join(target.resolve("joined"));
      same(test(1).folder(target.resolve("joined")).run(), joined);
      Evaluation run = test(1).folder(target.resolve("run")).run();
      same(job.join(target.resolve("run")), run);
    }
  }

  @Test
  void aTestGoesOnWhereAPartEnded() {
    try (var job = test(1).job()) {
      job.part(1, 3).run(target);
    }
    same(test(1).folder(target).run(), test(1).run());
  }

  @Test
  void aPartIsDoneWhenTheFolderHasAllOfIt() {
    try (var job = test(1).job()) {
      assertThat(job.part(0, 3).isDone(target.resolve("none"))).isFalse();
      job.part(1, 3).run(target);
      assertThat(job.part(0, 3).isDone(target)).isFalse();
      assertThat(job.part(1, 3).isDone(target)).isTrue();
      assertThat(job.part(0, 1).isDone(target)).isFalse();
      runBackwards(job, 2, target);
      assertThat(job.part(0, 1).isDone(target)).isTrue();
      job.join(target);
      assertThat(job.part(0, 3).isDone(target)).isTrue();
    }
    try (var other = test(2).job()) {
      assertThatThrownBy(() -> other.part(0, 3).isDone(target)).hasMessageContaining("weights: ");
    }
  }

  @Test
  void theSettingsOfATestGoThroughAFile() {
    for (EvaluationBuilder given :
        List.of(
            test(1).arithmetic(Arithmetic.EXACT),
            test(1).centerCrop(),
            test(1).denseAndMultiCrop().scales(40).flipped(false))) {
      EvaluationBuilder read = EvaluationBuilder.read(given.write(target.resolve("test")), images);
      same(read.quiet().run(), given.run());
    }
  }

  @Test
  void aFileOfAnotherKindIsNoTest() throws IOException {
    Path file = Files.writeString(target.resolve("test"), "nothing of the kind");
    assertThatThrownBy(() -> EvaluationBuilder.read(file, images))
        .isInstanceOf(FileException.class);
  }

  @Test
  void aPartOfAnEarlierVersionCounts() throws IOException {
    try (var job = test(1).job()) {
      job.part(0, 4).run(target);
      Files.delete(target.resolve("job.safetensors")); // they had none, and numbered their parts
      Files.move(
          target.resolve("part-000000000-000000032.safetensors"),
          target.resolve("part-000000.safetensors"));
      assertThat(job.part(0, 1).run(target)).isEqualTo(images.size() - 32);
      same(job.join(target), test(1).run());
    }
  }

  @Test
  void theFirstPartChoosesTheArithmeticForAll() {
    try (var first = test(1).arithmetic(Arithmetic.EXACT).job();
        var second = test(1).job()) {
      first.part(0, 2).run(target);
      second.part(1, 2).run(target);
      assertThat(second.join(target).arithmetic()).contains("F(2x2, 3x3)");
    }
  }

  @Test
  void partsOfAnotherNetworkAnotherArithmeticOrOtherImagesAreRefusedByName() {
    try (var job = test(1).arithmetic(Arithmetic.DJL).job();
        var network = test(2).arithmetic(Arithmetic.DJL).job();
        var arithmetic = test(1).arithmetic(Arithmetic.EXACT).job();
        var others =
            Evaluation.of(network(1), images.some(90, 1))
                .scales(32, 40)
                .arithmetic(Arithmetic.DJL)
                .job()) {
      job.part(0, 2).run(target);
      refused(network, "weights: ");
      refused(arithmetic, "arithmetic: DJL in the file, EXACT now");
      refused(others, "test images: 101 of 3 classes");
    }
  }

  private void refused(Job<Evaluation> job, String what) {
    assertThatThrownBy(() -> job.part(1, 2).run(target))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("other settings", what);
    assertThatThrownBy(() -> job.join(target))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("other settings", what);
  }

  @Test
  void aPartWithoutAReadableImageIsAPart() {
    Path folder = root.resolve("half");
    DrawnImages.noise(folder, 1, IntStream.generate(() -> 40).limit(66).toArray());
    Images all = Images.folder(folder);
    for (int i = 0; i < 32; i++) {
      DrawnImages.broken(all.file(i));
    }
    EvaluationBuilder test = Evaluation.of(network(1), all).scales(40).skippingUnreadable().quiet();
    try (var job = test.job()) {
      job.part(0, 2).run(target);
      job.part(1, 2).run(target);
      same(job.join(target), test.run());
    }
  }

  @Test
  void whoDoesNotSkipImagesIsNotGivenTheResultOfThoseWhoDid() {
    try (var job = test(1).job();
        var strict = Evaluation.of(network(1), images).dense().scales(32, 40).quiet().job()) {
      strict.part(1, 2).run(target); // nothing is damaged here
      job.part(0, 2).run(target);
      refusesSkipped(strict);
      same(job.join(target), test(1).run());
      refusesSkipped(strict);
    }
  }

  private void refusesSkipped(Job<Evaluation> strict) {
    assertThatThrownBy(() -> strict.join(target))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(
            "1 image was left out as unreadable", "005a.png", "skippingUnreadable()");
  }

  @Test
  void anUnreadableImageEndsItsPartUnlessItIsSkipped() {
    EvaluationBuilder test = Evaluation.of(network(1), images).scales(40).quiet();
    try (var job = test.job()) {
      assertThat(job.part(0, 3).run(target)).isPositive();
      assertThatThrownBy(() -> runBackwards(job, 3, target))
          .isInstanceOf(UnreadableImageException.class)
          .hasMessageContaining("005a.png");
      assertThatThrownBy(() -> job.join(target)).hasMessageContaining("images are missing");
    }
    assertThat(Files.exists(target.resolve("test.safetensors"))).isFalse();
  }
}
