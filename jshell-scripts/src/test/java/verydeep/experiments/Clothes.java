package verydeep.experiments;

import java.util.List;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.transfer.FeatureExtractor;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Photos of the repository, and a small network that looks at them. */
final class Clothes {

  private Clothes() {}

  /** So many photos of ten kinds of clothes. */
  static Images take(int count) {
    return Images.folder("datasets/clothing/test").take(count, 1);
  }

  /** Convolutions with random weights. */
  static Checkpoint convolutions() {
    return Checkpoint.of(
        Parameters.initial(Vgg.of(Configuration.A).width(1 / 32.0).convolutionsOnly().build(), 1),
        List.of(),
        Preprocessing.paper(new Rgb(120, 110, 100)),
        Provenance.unknown());
  }

  static FeatureExtractor features() {
    return FeatureExtractor.of(convolutions()).scales(40).quiet();
  }
}
