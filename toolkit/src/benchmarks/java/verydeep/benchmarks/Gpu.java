package verydeep.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import verydeep.internal.devices.Gpus;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.training.Descent;
import verydeep.training.Precision;

/** D at 224 on a card, training and testing, beside PyTorch in the same numbers */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 1)
@Fork(jvmArgsAppend = "-Xmx12g")
public class Gpu {

  /** Who works. All take a batch from the host's memory and give the loss, or the scores, back. */
  @Param({
    "verydeep",
    "PyTorch",
    "PyTorch, channels-last",
    "PyTorch, channels-last, tuned",
    "PyTorch, channels-last, compiled"
  })
  public String contestant;

  /** Work, numbers, and images a step; without a card it is net A, narrow, at 64 pixels. */
  @Param({
    "training, float32, batch 32",
    "training, float32, batch 64",
    "training, float32, batch 128",
    "training, float32, batch 256",
    "training, TF32, batch 32",
    "training, TF32, batch 64",
    "training, TF32, batch 128",
    "training, TF32, batch 256",
    "training, 16 bits, batch 32",
    "training, 16 bits, batch 64",
    "training, 16 bits, batch 128",
    "training, 16 bits, batch 256",
    "testing, float32, batch 32",
    "testing, float32, batch 64",
    "testing, float32, batch 128",
    "testing, float32, batch 256",
    "testing, TF32, batch 32",
    "testing, TF32, batch 64",
    "testing, TF32, batch 128",
    "testing, TF32, batch 256",
    "testing, 16 bits, batch 32",
    "testing, 16 bits, batch 64",
    "testing, 16 bits, batch 128",
    "testing, 16 bits, batch 256"
  })
  public String work;

  private Contestant running;

  /** Starts the contestant. */
  @Setup
  public void start() {
    String[] parts = work.split(", ", -1);
    boolean training = parts[0].equals("training");
    int batch = Integer.parseInt(parts[2].substring("batch ".length()));
    if (contestant.equals("verydeep")) {
      running = Contestant.ready(ours(training, parts[1], batch));
    } else {
      String numbers = parts[1].equals("16 bits") ? "AMP" : parts[1];
      String mode = numbers + contestant.substring("PyTorch".length());
      running =
          Contestant.ready(Peer.start(contestant, "gpu", training ? "train" : "test", mode, batch));
    }
  }

  private static Contestant ours(boolean training, String numbers, int batch) {
    Vgg network =
        Gpus.count() > 0
            ? Vgg.of(Configuration.D).build()
            : Vgg.of(Configuration.A).width(0.25).input(64).classes(10).build();
    if (training) {
      return Descent.onCard(
          network,
          batch,
          switch (numbers) {
            case "float32" -> Precision.FLOAT32;
            case "TF32" -> Precision.TF32;
            default -> Precision.MIXED;
          });
    }
    return new CardPass(
        network,
        batch,
        switch (numbers) {
          case "float32" -> DjlForwardPass.Numbers.FLOAT32;
          case "TF32" -> DjlForwardPass.Numbers.TF32;
          default -> DjlForwardPass.Numbers.FLOAT16;
        });
  }

  /** One step. */
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
