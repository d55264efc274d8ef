package verydeep.benchmarks;

import static verydeep.network.Configuration.A;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.network.Initialization;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.transfer.FeatureExtractor;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** The features of tiny images, 64 numbers each, that a cache has. */
final class Recalling implements Contestant {

  private final FeatureExtractor extractor;
  private final Images images;

  /** Computes the features if the cache does not have them: 100,000 in a minute or two. */
  Recalling(int count) throws IOException {
    Vgg network =
        Vgg.of(A).width(0.125).convolutionsOnly().initialization(Initialization.he()).build();
    Checkpoint narrow =
        Checkpoint.of(
            Parameters.initial(network, 1),
            List.of(),
            Preprocessing.paper(new Rgb(128, 128, 128)),
            Provenance.unknown());
    extractor =
        FeatureExtractor.of(narrow)
            .scales(32)
            .flipped(false)
            .arithmetic(Arithmetic.FAST)
            .cache(Path.of("toolkit/target/benchmarks/tiny/features"))
            .quiet();
    images = Images.folder(TinyImages.folder(count));
  }

  @Override
  public void step() {
    int found = extractor.run(images).size();
    if (found != images.size()) {
      throw new IllegalStateException(found + " vectors of " + images.size());
    }
  }

  @Override
  public String versions() {
    return "Java " + Runtime.version().feature();
  }

  @Override
  public void close() {}
}
