package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.cpu.Arithmetic;
import verydeep.evaluation.Evaluation;

/**
 * Executors are killed with SIGKILL at random moments, one each time that a job is done from its
 * beginning: {@code mvn -Pspark,cluster verify -Dexecutor.kills=20}.
 */
@Timeout(3600)
class KilledExecutorsIT {

  private static final int KILLS = Integer.getInteger("executor.kills", 20);

  /** The first two rounds are not disturbed, and say how long one takes; nor is the last one. */
  private static final int ROUNDS = 2 + KILLS + 1;

  private static final Random RANDOM = new Random();

  @TempDir Path root;

  @Test
  void aTestHasTheBitsOfOneThatWasNotDisturbed() throws IOException, InterruptedException {
    Path images = Sample.withDamaged(root.resolve("images"), 256);
    kill("test", Arithmetic.FAST, images);

    Evaluation expected = SubmittedJob.test(images, Arithmetic.FAST).run();
    for (int round = 0; round < ROUNDS; round++) {
      SameBits.check(Evaluation.read(root.resolve("target/" + round + "/result")), expected);
    }
  }

  @Test
  void noRowOfFeaturesIsLostOrWrittenTwice() throws IOException, InterruptedException {
    Path images = Sample.withDamaged(root.resolve("images"), 256);
    kill("features", Arithmetic.EXACT, images);

    for (int round = 0; round < ROUNDS; round++) {
      SameBits.check(
          root.resolve("target/" + round + "/rows").toString(),
          SubmittedJob.extractor(Arithmetic.EXACT),
          SubmittedJob.many(images));
    }
  }

  private void kill(String job, Arithmetic arithmetic, Path images)
      throws IOException, InterruptedException {
    Path target = root.resolve("target");
    try (var cluster =
        new StandaloneCluster(
            root.resolve("cluster"), StandaloneCluster.Node.PLAIN, StandaloneCluster.Node.PLAIN)) {
      SubmittedDriver driver =
          cluster.submit(
              StandaloneCluster.OWN_JDK, job, false, job, arithmetic, images, target, ROUNDS);
      long began = System.nanoTime();
      long shortest = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        driver.await("begin " + round);
        long start = System.nanoTime();
        if (round > 1 && round < ROUNDS - 1) {
          Thread.sleep(RANDOM.nextLong(shortest));
          killOne(cluster);
        }
        driver.await("end " + round);
        shortest = Math.min(shortest, 1 + (System.nanoTime() - start) / 1_000_000);
      }
      assertThat(driver.waitFor()).as(driver.log()).isZero();
      int lost = driver.number("lost with their executors");
      System.out.printf(
          "%s: %d executors killed, %d of them with a part, in %d s; a round takes %.1f s%n",
          job, KILLS, lost, (System.nanoTime() - began) / 1_000_000_000, shortest / 1e3);
      assertThat(lost).as("kills of executors with a part").isPositive();
    }
  }

  private static void killOne(StandaloneCluster cluster) throws InterruptedException {
    while (true) {
      List<ProcessHandle> executors = cluster.executors();
      if (!executors.isEmpty()
          && executors.get(RANDOM.nextInt(executors.size())).destroyForcibly()) {
        return;
      }
      Thread.sleep(5);
    }
  }
}
