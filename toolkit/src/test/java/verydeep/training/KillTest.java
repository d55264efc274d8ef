package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static verydeep.network.Configuration.A;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.ForkedJvm;
import verydeep.cpu.Arithmetic;
import verydeep.drawn.DrawnImages;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.files.TensorFile;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/**
 * Processes that train are killed at random instants from the first step on, every other one in the
 * middle of a save, and started again until the training is done. It must never have gone back, and
 * end in the bits of one that was not killed. A dozen kills in the build; {@code mvn verify
 * -Pkills} makes 1,000.
 */
class KillTest {

  private static final int KILLS = Math.max(6, Integer.getInteger("kills", 12) / 2);
  private static final Random RANDOM = new Random();

  @TempDir Path root;

  @ParameterizedTest
  @EnumSource(names = {"DJL", "FAST"})
  void noKillLosesAStateOrABit(Arithmetic arithmetic) throws IOException, InterruptedException {
    assumeTrue(Arithmetics.whyNotTrain(arithmetic, Vgg.of(A).width(1 / 16.0).build()).isEmpty());
    Path images = root.resolve("pictures");
    DrawnImages.shapes(images, 10, 1);
    Path unbroken = root.resolve("unbroken");
    int span = millisFromTheFirstStep(start(arithmetic, images, unbroken, root.resolve("output")));
    Map<String, String> expected = content(newest(unbroken));

    int kills = 0;
    int inSaves = 0;
    int inTheMiddle = 0;
    int ends = 0;
    while (kills < KILLS) {
      Path folder = root.resolve("run-" + ends);
      long before = -1;
      boolean done = false;
      while (!done) {
        Path output = root.resolve("output");
        Process killed = start(arithmetic, images, folder, output);
        boolean inSave = kills % 2 == 0;
        done =
            kills >= KILLS
                || !ForkedJvm.kill(
                    killed, () -> hasStepped(output), RANDOM.nextInt(span), inSave ? folder : null);
        killed.waitFor();
        if (done) {
          assertThat(killed.exitValue()).as(Files.readString(output)).isZero();
        } else {
          kills++;
          inSaves += inSave ? 1 : 0;
        }
        List<Path> states = states(folder);
        for (Path state : states) {
          TensorFile.read(state); // whole, each of them
        }
        long steps = states.isEmpty() ? -1 : steps(states.get(0));
        assertThat(steps).as("steps after kill %d", kills).isGreaterThanOrEqualTo(before);
        before = steps;
        inTheMiddle += !done && steps > 0 ? 1 : 0;
      }
      assertThat(content(newest(folder))).isEqualTo(expected);
      assertThat(bestBytes(folder)).isEqualTo(bestBytes(unbroken));
      ends++;
    }
    assertThat(inTheMiddle).as("kills with some of the steps kept").isPositive();
    System.out.printf(
        "%d kills, %d of them in a save, %d with some of the steps kept; %d trainings by %s ended,"
            + " all in the same bits%n",
        kills, inSaves, inTheMiddle, ends, arithmetic);
  }

  /** Waits for a whole training. */
  private int millisFromTheFirstStep(Process process) throws IOException, InterruptedException {
    Path output = root.resolve("output");
    while (process.isAlive() && !hasStepped(output)) {
      Thread.sleep(5);
    }
    long first = System.nanoTime();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - first)) + 1;
  }

  private static Process start(Arithmetic arithmetic, Path images, Path folder, Path output)
      throws IOException {
    return arithmetic == Arithmetic.DJL
        ? ForkedTraining.start(images, folder, output)
        : ForkedTraining.startKernels(images, folder, output);
  }

  private static boolean hasStepped(Path output) {
    try {
      return Files.readString(output).contains("step");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> states(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.getFileName().toString().matches("state-.*\\.safetensors"))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private static Path newest(Path folder) throws IOException {
    return states(folder).get(0);
  }

  private static long steps(Path state) {
    return Long.parseLong(TensorFile.read(state).metadata().get("position").split(" ", -1)[2]);
  }

  /** Everything but how long it took: each array's bits, and where the training stands. */
  private static Map<String, String> content(Path state) {
    TensorFile file = TensorFile.read(state);
    Map<String, String> content = new TreeMap<>();
    file.metadata().forEach((name, text) -> content.put(name, text));
    content.remove("seconds");
    content.put("epochs", content.get("epochs").replaceAll(",[^,\n]+,[^,\n]+\n", "\n"));
    content.put("sums", content.get("sums").replaceAll(" \\S+ \\S+$", ""));
    for (Map.Entry<String, Tensor> tensor : file.tensors().entrySet()) {
      StringBuilder bits = new StringBuilder();
      for (float value : tensor.getValue().toArray()) {
        bits.append(Integer.toHexString(Float.floatToRawIntBits(value))).append(' ');
      }
      content.put(tensor.getKey(), Integer.toHexString(bits.toString().hashCode()) + bits.length());
    }
    return content;
  }

  private static byte[] bestBytes(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      Path best =
          all.filter(f -> f.getFileName().toString().startsWith("best-"))
              .max(Comparator.naturalOrder())
              .orElseThrow();
      return Files.readAllBytes(best);
    }
  }
}
