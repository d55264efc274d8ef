package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.PythonPeer;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.internal.batches.Batch;
import verydeep.internal.batches.Batches;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * Two hundred steps on real images, beside PyTorch in 32 and in 64 bits: {@code mvn test -pl
 * toolkit -Dtest=LossCurvesTest -Dlosses.python=/path/to/python}, with the packages of
 * src/test/python. Before rounding has decided a ReLU otherwise, losses agree to 1e-5. After that
 * trainings part, whatever the kernels, until losses differ by percents. How far is chance, so
 * PyTorch trains six times in 32 bits, from first weights that differ in their last place; ours
 * must not stray further from 64 bits than half as far again as the furthest of these.
 */
@EnabledIfSystemProperty(named = "losses.python", matches = ".+")
class LossCurvesTest {

  private static final int STEPS = 200;
  private static final int BATCH = 32;
  private static final int BATCHES = 25;
  private static final int SIDE = 64;
  private static final int NARROW = 8;
  private static final int CLASSES = 10;
  private static final double RATE = 0.01;

  /** The mean losses of so many steps are compared. */
  private static final int MEAN = 20;

  @TempDir private Path folder;

  private final float[] pixels = new float[BATCHES * BATCH * 3 * SIDE * SIDE];
  private final int[] labels = new int[BATCHES * BATCH];

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void lossesStayAsCloseTo64BitsAsPyTorchs(long seed) throws IOException, InterruptedException {
    read(seed);
    Vgg net =
        Vgg.of(Configuration.A).width(1.0 / NARROW).classes(CLASSES).input(SIDE).dropout(0).build();
    Parameters initial = Parameters.initial(net, seed);
    Map<String, double[]> losses = peers(initial);
    losses.put("FAST", ours(initial));

    double[] exact = losses.get("float64");
    for (int step : new int[] {0, 1, 2, 4, 9, 19}) {
      System.out.printf(
          "seed %d, step %2d: from float64 FAST %.1e, float32 %.1e%n",
          seed,
          step,
          Math.abs(losses.get("FAST")[step] / exact[step] - 1),
          Math.abs(losses.get("float32")[step] / exact[step] - 1));
    }
    assertThat(losses.get("FAST")[0] / exact[0]).isBetween(1 - 1e-5, 1 + 1e-5);
    double own = 0;
    double peers = 0;
    for (int step = 0; step < STEPS; step += MEAN) {
      double wanted = mean(exact, step);
      double given = Math.abs(mean(losses.get("FAST"), step) / wanted - 1);
      double most = 0;
      for (Map.Entry<String, double[]> run : losses.entrySet()) {
        if (run.getKey().startsWith("float32")) {
          most = Math.max(most, Math.abs(mean(run.getValue(), step) / wanted - 1));
        }
      }
      System.out.printf(
          "seed %d, steps %3d to %3d: from float64 FAST %.3f, float32 at most %.3f%n",
          seed, step, step + MEAN - 1, given, most);
      peers = Math.max(peers, most);
      own = Math.max(own, given);
    }
    System.out.printf("seed %d: from float64 FAST %.3f, float32 at most %.3f%n", seed, own, peers);
    assertThat(own).isLessThan(1.5 * peers);
  }

  private static double mean(double[] losses, int from) {
    return Arrays.stream(losses, from, from + MEAN).average().orElseThrow();
  }

  private void read(long seed) {
    Images images = Images.folder("../datasets/clothing/train").take(BATCHES * BATCH, seed);
    int batch = 0;
    try (var batches =
        Batches.of(images)
            .window(SIDE)
            .preprocessing(Preprocessing.caffe())
            .size(BATCH)
            .shuffled(seed, 0)
            .open()) {
      for (Batch next : batches) {
        FloatBuffer all = next.pixels().duplicate();
        all.get(pixels, batch * BATCH * 3 * SIDE * SIDE, all.remaining());
        System.arraycopy(next.labels(), 0, labels, batch * BATCH, BATCH);
        batch++;
      }
    }
    assertThat(batch).isEqualTo(BATCHES);
  }

  private double[] ours(Parameters initial) {
    int size = BATCH * 3 * SIDE * SIDE;
    double[] losses = new double[STEPS];
    try (GradientDescent descent =
        new KernelDescent(
            initial, Recipe.paper().batch(BATCH), LayerRates.EVEN, Arithmetic.FAST, 1, BATCH)) {
      for (int step = 0; step < STEPS; step++) {
        int at = step % BATCHES;
        var inputs = new Inputs.Floats(FloatBuffer.wrap(pixels, at * size, size).slice());
        int[] some = Arrays.copyOfRange(labels, at * BATCH, (at + 1) * BATCH);
        losses[step] = descent.step(inputs, new ClassTargets(some), RATE, step).loss() / BATCH;
      }
    }
    return losses;
  }

  private Map<String, double[]> peers(Parameters initial) throws IOException, InterruptedException {
    PythonPeer peer = new PythonPeer(folder);
    peer.write(initial);
    peer.write("pixels.f32", List.of(pixels));
    peer.write("labels.i32", labels);
    List<String> lines =
        peer.run("loss_curves.py", Configuration.A, NARROW, CLASSES, SIDE, BATCH, STEPS, RATE);
    Map<String, double[]> losses = new TreeMap<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      losses.put(words[0], Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray());
    }
    return losses;
  }
}
