package verydeep.benchmarks;

import java.nio.file.Path;
import java.util.stream.IntStream;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.weights.Checkpoint;

/** The released D's features of photos, loading the network included. */
final class Extracting implements Contestant {

  private final FeatureExtractor extractor;
  private final Images photos;
  private final String arithmetic;

  /** With a cache the photos' features are in it before the first step. */
  Extracting(Images photos, Path cache) {
    this.photos = photos;
    Checkpoint d = Checkpoint.read("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
    extractor =
        FeatureExtractor.of(d).scales(160).flipped(false).arithmetic(Arithmetic.FAST).quiet();
    Images some = photos.subset(IntStream.range(0, 64).toArray());
    arithmetic = extractor.run(some).arithmetic();
    if (cache != null) {
      extractor.cache(cache).run(photos);
    }
  }

  @Override
  public void step() {
    Features features = extractor.run(photos);
    if (features.size() != photos.size()) {
      throw new IllegalStateException(features.toString());
    }
  }

  @Override
  public String versions() {
    return arithmetic + ", Java " + Runtime.version().feature();
  }

  @Override
  public void close() {}
}
