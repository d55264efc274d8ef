package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long clients wait for D's answer about a JPEG, one to four of them at a time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 6)
public class Latency {

  private static final Path PHOTOS = Path.of("datasets/clothing/train");

  /** Who answers: each decodes, resizes, crops the center, and computes. */
  @Param({"verydeep, fast", "verydeep, DJL", "PyTorch", "PyTorch, channels-last", "ONNX Runtime"})
  public String contestant;

  /** How many clients ask at a time; each asks again when it has its answer. */
  @Param({"1 client, D", "2 clients, D", "4 clients, D"})
  public String work;

  private Answering running;
  private List<Path> photos;

  /** Starts the contestant. */
  @Setup
  public void start() throws IOException {
    try (Stream<Path> files = Files.walk(PHOTOS)) {
      photos = files.filter(file -> file.toString().endsWith(".jpg")).sorted().limit(64).toList();
    }
    Path weights = FileOfD.made();
    running =
        contestant.startsWith("verydeep")
            ? new AnsweringHere(contestant, weights)
            : new AnsweringPeer(contestant, weights);
    Contestant.ready(running);
  }

  /** One answer. */
  @Benchmark
  public int step() {
    return running.answer(photos.get(ThreadLocalRandom.current().nextInt(photos.size())));
  }

  /** Ends the contestant. */
  @TearDown
  public void end() {
    running.close();
  }
}
