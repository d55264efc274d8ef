package verydeep.benchmarks;

import java.io.IOException;
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

/**
 * From the start of a process to the predictions of some photos by D: reading 537 MB of weights,
 * compiling, everything. From how many photos on our own arithmetic pays, is seen here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class ColdStart {

  /** The first one lets the toolkit choose the arithmetic, as a user would. */
  @Param({"verydeep", "verydeep, DJL", "verydeep, fast", "PyTorch"})
  public String contestant;

  /** How many photos, the center crop of each. */
  @Param({"D, 1 photo", "D, 32 photos", "D, 64 photos"})
  public String work;

  private Contestant running;

  /** Makes the file if need be. */
  @Setup
  public void start() throws IOException {
    int photos = Integer.parseInt(work.replaceAll("\\D", ""));
    running = Contestant.ready(Starting.predicting(contestant, FileOfD.made(), photos));
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
