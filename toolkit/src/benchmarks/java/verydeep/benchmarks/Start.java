package verydeep.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a user waits for: from the start of a process to its first answer, beside Python. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class Start {

  private static final String ANSWER = "D's answer about one photo";
  private static final String EPOCH = "the main job's first epoch";
  private static final String SHELL = "the shell's first answer";
  private static final String CELL = "a notebook kernel's first result";

  private static final String FIRST_CELL = "toolkit/src/benchmarks/python/first_cell.py";

  /** Who starts. */
  @Param({"verydeep", "PyTorch"})
  public String contestant;

  /**
   * What is waited for. Python's shell and kernel import torch and torchvision, as ours do the
   * toolkit; the first result is a description of net A.
   */
  @Param({ANSWER, EPOCH, SHELL, CELL})
  public String work;

  private Contestant running;

  /** Makes the file of D, or the notebooks' environment, if need be. */
  @Setup
  public void start() throws IOException, InterruptedException {
    running = Contestant.ready(contestant.equals("verydeep") ? ours() : python());
  }

  private Contestant ours() throws IOException, InterruptedException {
    return switch (work) {
      case ANSWER -> Starting.predicting(contestant, FileOfD.made(), 1);
      case EPOCH ->
          Starting.ours(List.of("jshell-scripts/run", "clothes", "epochs=1"), "", "epoch  1");
      case SHELL ->
          Starting.ours(List.of("jshell-scripts/shell", "-s"), "println(\"ready\")\n", "ready");
      case CELL -> {
        makeKernel();
        String cell = "System.out.println(Vgg.of(A).classes(10).build() + \" ready\");";
        String python = "notebooks/.venv/bin/python";
        yield Starting.ours(List.of(python, FIRST_CELL, "java", cell), "", "ready");
      }
      default -> throw new IllegalArgumentException(work);
    };
  }

  private Contestant python() throws IOException {
    return switch (work) {
      case ANSWER -> Starting.predicting(contestant, FileOfD.made(), 1);
      case EPOCH ->
          Starting.python(
              contestant,
              "epoch 1",
              "toolkit/src/benchmarks/python/first_epoch.py",
              "datasets/clothing/train");
      case SHELL ->
          Starting.python(contestant, "ready", "-c", "import torch, torchvision; print('ready')");
      case CELL ->
          Starting.python(
              contestant,
              "ready",
              FIRST_CELL,
              "python3",
              """
              import torch, torchvision
              with torch.device("meta"):
                  print(torchvision.models.vgg11(num_classes=10), "ready")
              """);
      default -> throw new IllegalArgumentException(work);
    };
  }

  private static void makeKernel() throws IOException, InterruptedException {
    Process made =
        new ProcessBuilder("sh", "-c", "set -eu; root=$PWD; . notebooks/prepare.sh")
            .inheritIO()
            .start();
    if (made.waitFor() != 0) {
      throw new IOException("the notebooks' environment cannot be made: see above");
    }
  }

  /** One process. */
  @Benchmark
  public void step() {
    running.step();
  }

  /** Ends the contestant. */
  @TearDown
  public void end() {
    running.close();
  }
}
