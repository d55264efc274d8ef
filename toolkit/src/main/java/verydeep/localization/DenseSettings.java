package verydeep.localization;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.data.BoxedImages;
import verydeep.weights.Checkpoint;

/** What must be the same for a dense test to resume. */
final class DenseSettings {

  private DenseSettings() {}

  static Map<String, String> of(DenseLocalizer test, BoxedImages images) {
    Map<String, String> same = new LinkedHashMap<>();
    same.put("network", test.name());
    same.put("classifier", network(test, test.classifier(), images.size()));
    List<Localizer> localizers = test.localizers();
    for (int i = 0; i < localizers.size(); i++) {
      Checkpoint checkpoint = localizers.get(i).checkpoint();
      same.put("localizer " + (i + 1), network(test, checkpoint, images.size()));
    }
    same.put("test pictures", images.fingerprint());
    same.put("how", test.protocol());
    same.put("merging", test.merging().toString());
    return same;
  }

  private static String network(DenseLocalizer test, Checkpoint checkpoint, int images) {
    return String.join(
        ", ",
        "weights " + Integer.toHexString(checkpoint.parameters().checksum()),
        checkpoint.preprocessing().toString(),
        DensePasses.arithmetic(checkpoint, test.scales(), test.showsFlips(), images).name());
  }
}
