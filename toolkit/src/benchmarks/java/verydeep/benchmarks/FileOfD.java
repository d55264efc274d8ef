package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.network.Configuration;
import verydeep.network.Initialization;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** D with ten classes and first weights, 537 MB, as a file that ours and peers read. */
final class FileOfD {

  private static final Path FILE = Path.of("toolkit/target/benchmarks/d-of-clothes.safetensors");

  private FileOfD() {}

  /** The file, which is made if need be. */
  static Path made() throws IOException {
    if (!Files.exists(FILE)) {
      Vgg d = Vgg.of(Configuration.D).classes(10).initialization(Initialization.he()).build();
      Checkpoint.of(
              Parameters.initial(d, 1),
              Images.folder("datasets/clothing/train").classes(),
              Preprocessing.caffe(),
              Provenance.unknown())
          .write(FILE);
    }
    return FILE;
  }
}
