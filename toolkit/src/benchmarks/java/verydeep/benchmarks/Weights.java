package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** D's 553 MB read from safetensors and .pth in a heap of 512 MB, beside PyTorch's own readers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 2)
public class Weights {

  private static final Path FILES = Path.of("toolkit/target/benchmarks/weights");

  /** Who reads; PyTorch maps a file of safetensors anyway. */
  @Param({"verydeep", "PyTorch", "PyTorch, our malloc", "PyTorch, mapped"})
  public String contestant;

  /** Which file; and whether a number of each page is read, or all are copied to libtorch. */
  @Param({
    "D from safetensors, touched",
    "D from safetensors, into libtorch's memory",
    "D from .pth, touched",
    "D from .pth, into libtorch's memory"
  })
  public String work;

  private Contestant running;

  /** Makes the files if need be, and starts the contestant. */
  @Setup
  public void start() throws IOException, InterruptedException {
    makeFiles();
    boolean pth = work.contains(".pth");
    boolean touched = work.endsWith("touched");
    Path file = FILES.resolve(pth ? "d.pth" : "d.safetensors");
    String where = touched ? "touched" : "memory";
    String how = pth ? "load" : "load_file";
    running =
        Contestant.ready(
            switch (contestant) {
              case "verydeep" -> new Reading(file, touched);
              case "PyTorch", "PyTorch, our malloc" ->
                  Peer.start(contestant, "weights", file, how, where);
              case "PyTorch, mapped" ->
                  Peer.start(contestant, "weights", file, pth ? "mapped" : how, where);
              default -> throw new IllegalArgumentException(contestant);
            });
  }

  private static void makeFiles() throws IOException, InterruptedException {
    if (!Files.exists(FILES)) {
      Path part = FILES.resolveSibling("weights.part");
      Process process =
          new ProcessBuilder(
                  System.getProperty("verydeep.python", "python3"),
                  "toolkit/src/benchmarks/python/weights_files.py",
                  part.toString())
              .inheritIO()
              .start();
      if (process.waitFor() != 0) {
        throw new IOException("weights_files.py has failed");
      }
      Files.move(part, FILES);
    }
  }

  /** One file. */
  @Benchmark
  public void file() {
    running.step();
  }

  /** Ends the contestant. */
  @TearDown
  public void end() {
    running.close();
  }
}
