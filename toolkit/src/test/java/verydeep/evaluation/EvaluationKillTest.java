package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.ForkedJvm;
import verydeep.data.Skipped;
import verydeep.drawn.DrawnIlsvrc;
import verydeep.internal.files.TensorFile;

/**
 * Processes that test a small ILSVRC with each of its traps are killed at random instants, every
 * other one in the middle of a save, and started again until the test is done. It must never have
 * gone back, and end in the bits of one that was not killed. A few kills in the build; {@code mvn
 * verify -Pkills} makes hundreds.
 */
class EvaluationKillTest {

  private static final int KILLS = Math.max(4, Integer.getInteger("kills", 12) / 3);
  private static final Random RANDOM = new Random();

  @TempDir Path root;

  @Test
  void noKillLosesAnImageOrABit() throws IOException, InterruptedException {
    Path images = root.resolve("val");
    DrawnIlsvrc.write(images);
    Path broken = images.resolve(DrawnIlsvrc.name(101));
    Files.write(broken, new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2, 3});
    Path output = root.resolve("output");
    Path unbroken = root.resolve("unbroken");
    Process whole = ForkedJvm.start(ForkedEvaluation.class, output, List.of(), images, unbroken);
    assertThat(whole.waitFor()).as(Files.readString(output)).isZero();
    Evaluation expected = Evaluation.read(unbroken.resolve("test.safetensors"));
    assertThat(expected.predictions()).hasSize(DrawnIlsvrc.IMAGES - 1);
    assertThat(expected.skipped()).extracting(Skipped::file).containsExactly(broken);

    int kills = 0;
    int inTheMiddle = 0;
    int ends = 0;
    while (kills < KILLS) {
      Path folder = root.resolve("run-" + ends);
      int before = 0;
      boolean done = false;
      while (!done) {
        boolean saving = kills % 2 == 0;
        int parts = parts(folder);
        Process killed = ForkedJvm.start(ForkedEvaluation.class, output, List.of(), images, folder);
        done =
            kills >= KILLS
                || !ForkedJvm.kill(
                    killed,
                    saving
                        ? () -> Files.exists(folder.resolve("lock"))
                        : () -> parts(folder) > parts, // so that there is where to go on
                    RANDOM.nextInt(saving ? 1000 : 100),
                    saving ? folder : null);
        int status = killed.waitFor();
        int kept = kept(folder);
        assertThat(kept).as("images kept after kill %d", kills).isGreaterThanOrEqualTo(before);
        before = kept;
        if (done) {
          assertThat(status).as(Files.readString(output)).isZero();
        } else {
          kills++;
          inTheMiddle += kept > 0 && kept < DrawnIlsvrc.IMAGES ? 1 : 0;
        }
      }
      checkSame(Evaluation.read(folder.resolve("test.safetensors")), expected);
      assertThat(names(folder)).containsExactly("lock", "test.safetensors");
      ends++;
    }
    assertThat(inTheMiddle).as("kills with a part of the test kept").isPositive();
    System.out.printf(
        "%d kills, %d of them with a part of the test kept; %d tests ended, all in the same bits%n",
        kills, inTheMiddle, ends);
  }

  @Test
  void aPartThatIsKilledGoesOnBesideTheOthers() throws IOException, InterruptedException {
    Path images = root.resolve("val");
    DrawnIlsvrc.write(images);
    Path folder = root.resolve("parts");
    Path output = root.resolve("output");
    Class<?> part = ForkedEvaluation.class;
    Process killed = ForkedJvm.start(part, output, List.of(), images, folder, 1, 2);
    assertThat(ForkedJvm.kill(killed, () -> parts(folder) > 0, 0, folder)).isTrue();
    int kept = kept(folder);
    assertThat(kept).isBetween(1, DrawnIlsvrc.IMAGES - 1);

    EvaluationBuilder test = ForkedEvaluation.test(images);
    try (var job = test.job()) {
      int first = job.part(0, 2).run(folder);
      int second = job.part(1, 2).run(folder);
      assertThat(first + second + kept).isEqualTo(DrawnIlsvrc.IMAGES);
      checkSame(job.join(folder), test.run());
    }
  }

  private static int parts(Path folder) {
    String[] names = folder.toFile().list((in, name) -> name.matches("part-[\\d-]+\\.safetensors"));
    return names == null ? 0 : names.length;
  }

  /** The images in whole files, each of which must be readable. */
  private static int kept(Path folder) throws IOException {
    int images = 0;
    for (String name : names(folder)) {
      if (name.equals("test.safetensors")) {
        return DrawnIlsvrc.IMAGES;
      }
      if (name.startsWith("part-") && name.endsWith(".safetensors")) {
        EvaluationFile.Content part = EvaluationFile.content(TensorFile.read(folder.resolve(name)));
        images += part.predictions().size() + part.skipped().size();
      }
    }
    return images;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void checkSame(Evaluation given, Evaluation expected) {
    assertThat(given.skipped()).isEqualTo(expected.skipped());
    assertThat(given.predictions()).hasSameSizeAs(expected.predictions());
    for (int i = 0; i < given.predictions().size(); i++) {
      Prediction one = given.predictions().get(i);
      Prediction other = expected.predictions().get(i);
      assertThat(one.file()).isEqualTo(other.file());
      assertThat(one.label()).isEqualTo(other.label());
      for (int k = 0; k < given.classes().size(); k++) {
        assertThat(Float.floatToRawIntBits(one.score(k)))
            .isEqualTo(Float.floatToRawIntBits(other.score(k)));
      }
    }
  }
}
