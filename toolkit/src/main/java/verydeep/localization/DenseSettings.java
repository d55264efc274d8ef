package verydeep.localization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.cpu.Arithmetic;
import verydeep.data.BoxedImages;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.Work;
import verydeep.internal.jobs.BegunArithmetic;
import verydeep.weights.Checkpoint;

/**
 * What must be the same for the parts of a dense test to be joined.
 *
 * @param test the test
 * @param images the images
 * @param arithmetics what computes each network, the classifier first
 */
record DenseSettings(DenseLocalizer test, BoxedImages images, List<Arithmetic> arithmetics) {

  private static final String SEPARATOR = ", ";

  /** Returns the settings with the arithmetics that suit all of the work, wherever it is done. */
  static DenseSettings chosen(DenseLocalizer test, BoxedImages images) {
    return new DenseSettings(test, images, arithmetics(test, images.size()));
  }

  /** Returns the settings with the arithmetics that a folder has begun with. */
  DenseSettings as(Map<String, String> begun) {
    List<Arithmetic> theirs = new ArrayList<>();
    for (int i = 0; i < arithmetics.size(); i++) {
      String network = begun.getOrDefault(name(i), "");
      String last = network.substring(network.lastIndexOf(SEPARATOR) + 1).strip();
      theirs.add(BegunArithmetic.named(last, arithmetics.get(i)));
    }
    return new DenseSettings(test, images, theirs);
  }

  Map<String, String> texts() {
    Map<String, String> same = new LinkedHashMap<>();
    same.put("network", test.name());
    List<Checkpoint> networks = networks(test);
    for (int i = 0; i < networks.size(); i++) {
      same.put(name(i), network(networks.get(i), arithmetics.get(i)));
    }
    same.put("test pictures", images.fingerprint());
    same.put("how", test.protocol());
    same.put("merging", test.merging().toString());
    return same;
  }

  /** Returns the arithmetic of each network that suits a number of images, classifier first. */
  static List<Arithmetic> arithmetics(DenseLocalizer test, int images) {
    TestViews views = new TestViews(View.dense(), test.scales(), test.showsFlips());
    List<Arithmetic> arithmetics = new ArrayList<>();
    for (Checkpoint network : networks(test)) {
      double work = images * Work.multiplications(views, network.network(), "fc8");
      arithmetics.add(Arithmetics.forWork(network.parameters(), work));
    }
    return arithmetics;
  }

  private static List<Checkpoint> networks(DenseLocalizer test) {
    List<Checkpoint> networks = new ArrayList<>(List.of(test.classifier()));
    test.localizers().forEach(localizer -> networks.add(localizer.checkpoint()));
    return networks;
  }

  private static String name(int network) {
    return network == 0 ? "classifier" : "localizer " + network;
  }

  private static String network(Checkpoint checkpoint, Arithmetic arithmetic) {
    return String.join(
        SEPARATOR,
        "weights " + Integer.toHexString(checkpoint.parameters().checksum()),
        checkpoint.preprocessing().toString(),
        arithmetic.name());
  }
}
