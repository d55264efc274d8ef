package verydeep.benchmarks;

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
import verydeep.cpu.Arithmetic;
import verydeep.inspection.TransferStep;

/** A step of style transfer with D's convolutions, beside PyTorch's eager one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 4)
public class StyleTransfer {

  /** Who steps: peers with our settings of memory, and as they come. */
  @Param({
    "verydeep",
    "verydeep, DJL's arithmetic",
    "PyTorch, our malloc",
    "PyTorch, channels-last, our malloc",
    "PyTorch"
  })
  public String contestant;

  /** The image's size. */
  @Param({"D, 256 px"})
  public String work;

  private Contestant running;

  /** Starts the contestant. */
  @Setup
  public void start() {
    int side = Integer.parseInt(work.replaceAll("\\D+", " ").trim());
    running =
        Contestant.ready(
            switch (contestant) {
              case "verydeep" -> new TransferStep(side, Arithmetic.FAST);
              case "verydeep, DJL's arithmetic" -> new TransferStep(side, Arithmetic.DJL);
              default ->
                  Peer.start(
                      contestant, "style_transfer", side, contestant.contains("channels-last"));
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
