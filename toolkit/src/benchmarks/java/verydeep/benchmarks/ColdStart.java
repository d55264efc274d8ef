package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

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

  private static final Path FILE = Path.of("toolkit/target/benchmarks/d-of-clothes.safetensors");

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
    if (!Files.exists(FILE)) {
      Vgg d = Vgg.of(Configuration.D).classes(10).build();
      Checkpoint.of(
              Parameters.initial(d, 1),
              Images.folder("datasets/clothing/train").classes(),
              Preprocessing.caffe(),
              Provenance.unknown())
          .write(FILE);
    }
    running = Contestant.ready(new Starting(contestant, FILE, work.replaceAll("\\D", "")));
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
