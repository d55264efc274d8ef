package verydeep.internal.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;

/** Jobs of numbers, whose parts come in any order, twice, damaged, or not at all. */
class WorkJobTest {

  private static final int SIZE = 50;

  @TempDir Path folder;
  private final CountedNumbers numbers = new CountedNumbers(SIZE, 4, "one");

  @AfterEach
  void noInterruptIsLeft() {
    Thread.interrupted();
  }

  private static WorkJob<List<Integer>, List<Integer>> job(CountedNumbers numbers) {
    return new WorkJob<>(numbers, JobOutcome::content, true, 0);
  }

  private static List<Integer> all() {
    return IntStream.range(0, SIZE).map(i -> i * i).boxed().toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anyNumberOfPartsInAnyOrderJoinsToAll() throws IOException {
    for (int parts : new int[] {1, 2, 3, 7, 13, 60}) {
      try (var job = job(numbers)) {
        int computed = 0;
        for (int i = 0; i < parts; i++) {
          computed += job.part(parts - 1 - i, parts).run(folder.resolve("p" + parts));
        }
        assertThat(job.join(folder.resolve("p" + parts))).as("%d parts", parts).isEqualTo(all());
        assertThat(computed).isEqualTo(SIZE);
      }
    }
  }

  @Test
  void aPartIsOneFileOnceItIsDone() throws IOException {
    try (var job = job(numbers)) {
      job.part(1, 3).run(folder);
      assertThat(files())
          .containsExactly("job.safetensors", "part-000000016-000000032.safetensors");
    }
  }

  @Test
  void aPartDoneTwiceIsComputedOnce() {
    try (var job = job(numbers)) {
      assertThat(job.part(0, 2).run(folder)).isEqualTo(24);
      assertThat(job.part(0, 2).run(folder)).isZero();
      assertThat(job.part(1, 2).run(folder)).isEqualTo(26);
      assertThat(job.join(folder)).isEqualTo(all());
      assertThat(job.part(1, 2).run(folder)).as("of a joined job").isZero();
      assertThat(job.join(folder)).isEqualTo(all());
    }
  }

  @Test
  void partsOfSeveralSizesThatOverlapCountOnce() {
    try (var job = job(numbers)) {
      job.part(0, 2).run(folder);
      job.part(1, 3).run(folder);
      job.part(2, 3).run(folder);
      assertThatThrownBy(() -> job.join(folder.resolve("none")))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("There is no folder");
      job.part(1, 2).run(folder);
      assertThat(job.join(folder)).isEqualTo(all());
    }
  }

  @Test
  void whatIsMissingIsSaid() {
    try (var job = job(numbers)) {
      job.part(1, 4).run(folder);
      assertThatThrownBy(() -> job.join(folder))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll("38 of 50 images are missing", "(0 to 11, 24 to 49)");
    }
  }

  @Test
  void theNetworkIsLoadedOnceForAllPartsAndNotForJoining() {
    try (var job = job(numbers)) {
      for (int i = 0; i < 5; i++) {
        job.part(i, 5).run(folder);
      }
    }
    assertThat(numbers.opened()).isEqualTo(1);
    assertThat(numbers.closed()).isEqualTo(1);
    try (var job = job(numbers)) {
      job.part(2, 5).run(folder);
      job.join(folder);
    }
    assertThat(numbers.opened()).isEqualTo(1);
  }

  @Test
  void aStoppedPartGoesOnWhereItWas() throws IOException {
    numbers.interruptAt(12);
    try (var job = job(numbers)) {
      assertThatThrownBy(() -> job.part(0, 1).run(folder))
          .isInstanceOf(CancellationException.class)
          .hasMessageContainingAll("Stopped after 12 of 50 images", folder.toString());
      Thread.interrupted();
      assertThat(job.part(0, 1).run(folder)).isEqualTo(38);
      assertThat(job.join(folder)).isEqualTo(all());
      assertThat(files()).containsExactly("test.safetensors");
    }
  }

  @Test
  void aDamagedPartIsComputedAgain() throws IOException {
    try (var job = job(numbers)) {
      job.part(0, 2).run(folder);
      job.part(1, 2).run(folder);
      Files.writeString(folder.resolve("part-000000000-000000024.safetensors"), "damaged");
      assertThatThrownBy(() -> job.join(folder)).hasMessageContaining("(0 to 23)");
      assertThat(job.part(0, 2).run(folder)).isEqualTo(24);
      assertThat(job.join(folder)).isEqualTo(all());
    }
  }

  @Test
  void aPartOfNoImageOrOfTooManyDoesNotCount() {
    PartFormat<List<Integer>> format = numbers.format();
    List<Integer> many = IntStream.range(0, 60).boxed().toList();
    format.writer().write(folder.resolve("part-0.safetensors"), texts(0), List.of());
    format.writer().write(folder.resolve("part-1.safetensors"), texts(60), many);
    try (var job = job(numbers)) {
      assertThatThrownBy(() -> job.join(folder)).hasMessageContaining("(0 to 49)");
      assertThat(job.part(0, 1).run(folder)).isEqualTo(50);
      assertThat(job.join(folder)).isEqualTo(all());
    }
  }

  private static Map<String, String> texts(int upTo) {
    return Map.of("name", "one", "pictures done", String.valueOf(upTo), "seconds", "1");
  }

  @Test
  void aPartUnderAnotherNameDoesNotCount() throws IOException {
    try (var job = job(numbers)) {
      job.part(0, 2).run(folder);
      Files.move(
          folder.resolve("part-000000000-000000024.safetensors"),
          folder.resolve("part-000000024-000000048.safetensors"));
      assertThatThrownBy(() -> job.join(folder)).hasMessageContaining("(0 to 49)");
    }
  }

  @Test
  void anotherJobIsRefusedByName() {
    try (var job = job(numbers);
        var other = job(new CountedNumbers(SIZE, 4, "another"))) {
      job.part(0, 2).run(folder);
      assertThatThrownBy(() -> other.part(1, 2).run(folder))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll("name: one in the file, another now", "job.safetensors");
      assertThatThrownBy(() -> other.join(folder)).hasMessageContaining("name: one in the file");
    }
  }

  @Test
  void aPartOfAnotherJobThatWasCopiedHereIsRefusedByName() throws IOException {
    try (var job = job(numbers);
        var other = job(new CountedNumbers(SIZE, 4, "another"))) {
      job.part(0, 2).run(folder.resolve("a"));
      other.part(1, 2).run(folder.resolve("b"));
      String name = "part-000000024-000000050.safetensors";
      Files.copy(folder.resolve("b").resolve(name), folder.resolve("a").resolve(name));
      assertThatThrownBy(() -> job.join(folder.resolve("a")))
          .hasMessageContainingAll(name, "name: another in the file, one now");
    }
  }

  @Test
  void anotherWidthOfVectorsIsRefusedAnotherNumberOfThreadsIsNot() {
    try (var job = job(numbers)) {
      job.part(0, 3).run(folder);
      numbers.computedBy("squares on vectors of 256 bits, 16 threads");
      job.part(1, 3).run(folder);
      numbers.computedBy("squares on vectors of 512 bits, 2 threads");
      job.part(2, 3).run(folder);
      assertThatThrownBy(() -> job.join(folder))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContainingAll("vectors of 512 bits", "vectors of 256 bits");
    }
  }

  @Test
  void ofMorePartsThanImagesSomeAreEmptyAndAllTogetherAreTheJob() throws IOException {
    try (var job = job(numbers)) {
      assertThat(job.part(0, 1000)).hasToString("part 0 of 1000: no images of 50");
      assertThat(job.part(0, 1000).run(folder)).isZero();
      assertThat(files()).containsExactly("job.safetensors");
      for (int i = 0; i < 1000; i++) {
        job.part(i, 1000).run(folder);
      }
      assertThat(job.join(folder)).isEqualTo(all());
    }
    assertThat(job(numbers).part(Integer.MAX_VALUE - 1, Integer.MAX_VALUE))
        .hasToString("part 2147483646 of 2147483647: images 48 to 49 of 50");
  }

  @Test
  void aJobOfNoImageHasAResult() {
    try (var job = job(new CountedNumbers(0, 4, "none"))) {
      assertThat(job.part(0, 3).run(folder)).isZero();
      assertThat(job.join(folder)).isEmpty();
      assertThat(job.join(folder)).isEmpty();
    }
  }

  @Test
  void filesThatOnlyLookLikePartsAreLetBe() throws IOException {
    for (String name :
        List.of(
            "part-000000024-000000000.safetensors",
            "part-99999999999-99999999999.safetensors",
            "part-9999999999-9999999999.safetensors",
            "part-a-b.safetensors",
            "part-000000000-000000024.safetensors.part",
            "part-\u0661-\u0662.safetensors")) {
      Files.writeString(folder.resolve(name), "no part");
    }
    Files.createDirectory(folder.resolve("part-000000004-000000009.safetensors"));
    try (var job = job(numbers)) {
      job.part(0, 1).run(folder);
      assertThat(job.join(folder)).isEqualTo(all());
    }
  }

  @Test
  void aPartThatTookNoPossibleTimeIsComputedAgain() {
    for (String seconds : List.of("NaN", "-1", "Infinity", "soon")) {
      Map<String, String> texts = Map.of("name", "one", "pictures done", "24", "seconds", seconds);
      numbers
          .format()
          .writer()
          .write(
              folder.resolve("part-000000000-000000024.safetensors"), texts, all().subList(0, 24));
      try (var job = job(numbers)) {
        assertThat(job.part(0, 2).run(folder)).as(seconds).isEqualTo(24);
      }
    }
  }

  @Test
  void twoProcessesWithTheSamePartsAtOnceLeaveOneResult() throws Exception {
    Thread[] processes = new Thread[4];
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (int p = 0; p < processes.length; p++) {
      processes[p] =
          new Thread(
              () -> {
                try (var job = job(new CountedNumbers(SIZE, 4, "one"))) {
                  for (int i = 0; i < 3; i++) {
                    job.part(i, 3).run(folder);
                  }
                  assertThat(job.join(folder)).isEqualTo(all());
                } catch (Throwable e) {
                  failures.add(e);
                }
              });
    }
    for (Thread process : processes) {
      process.start();
    }
    for (Thread process : processes) {
      process.join();
    }
    assertThat(failures).isEmpty();
    assertThat(job(numbers).join(folder)).isEqualTo(all());
    assertThat(files()).containsExactly("test.safetensors");
  }

  @Test
  void partsThatAJoinHasLeftAreDeletedByTheNext() throws IOException {
    try (var job = job(numbers)) {
      job.part(0, 1).run(folder);
      Path part = folder.resolve("part-000000000-000000050.safetensors");
      byte[] content = Files.readAllBytes(part);
      job.join(folder);
      Files.write(part, content); // as if it had been killed before it deleted this
      job.join(folder);
      assertThat(files()).containsExactly("test.safetensors");
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    try (var job = job(numbers)) {
      assertThatThrownBy(() -> job.part(0, 1).run(file))
          .isInstanceOf(VerydeepException.class)
          .hasMessageStartingWith("The folder " + file + " cannot be used: ")
          .hasMessageEndingWith(".");
    }
  }

  @Test
  void aSettingThatAFileLacksIsSaidToBeNothing() {
    numbers
        .format()
        .writer()
        .write(
            folder.resolve("part-000000000-000000024.safetensors"),
            Map.of("pictures done", "24", "seconds", "1"),
            all().subList(0, 24));
    try (var job = job(numbers)) {
      assertThatThrownBy(() -> job.part(0, 2).run(folder))
          .hasMessageContaining("name: nothing in the file, one now");
    }
  }

  @Test
  void partsOutOfRangeAreRefused() {
    try (var job = job(numbers)) {
      assertThatThrownBy(() -> job.part(3, 3))
          .isInstanceOf(VerydeepException.class)
          .hasMessageContaining("There is no part 3 of 3");
      assertThatThrownBy(() -> job.part(0, 0)).isInstanceOf(VerydeepException.class);
      assertThatThrownBy(() -> job.part(-1, 2)).isInstanceOf(VerydeepException.class);
      assertThat(job.part(1, 3)).hasToString("part 1 of 3: images 16 to 31 of 50");
    }
  }
}
