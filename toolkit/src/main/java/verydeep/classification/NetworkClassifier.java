package verydeep.classification;

import java.util.List;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.data.TestViews;
import verydeep.internal.inference.OpenNetwork;
import verydeep.internal.inference.Posteriors;
import verydeep.internal.inference.Work;
import verydeep.network.Parameters;

/** A network's soft-max, averaged over the views of an image (section 3.2). */
final class NetworkClassifier implements Classifier {

  private final OpenNetwork network;
  private final List<String> classNames;
  private final String name;
  private final String fingerprint;

  NetworkClassifier(
      Parameters parameters,
      List<String> classNames,
      Preprocessing preprocessing,
      TestViews views,
      Arithmetic arithmetic) {
    this.classNames = classNames;
    name = "VGG " + parameters.network().label() + ", " + views;
    int window = Work.window(parameters.network());
    if (views.scales().stream().anyMatch(q -> q < window)) {
      throw new VerydeepException(
          "The scales are %s; each must be at least the network's input of %d pixels."
              .formatted(views.scales(), window));
    }
    fingerprint =
        String.join(
            ", ",
            name,
            "weights " + Integer.toHexString(parameters.checksum()),
            preprocessing.toString());
    network = new OpenNetwork(arithmetic, parameters, preprocessing, views, List.of("fc8"));
  }

  @Override
  public Classification classify(RgbImage image, String name) {
    float[] posterior = Posteriors.mean(network.run(image, name));
    return Classification.of(image, name, classNames, posterior, kind(), name());
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public Classification.Kind kind() {
    return Classification.Kind.POSTERIOR;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public String arithmetic() {
    return network.arithmetic();
  }

  @Override
  public long bytes() {
    return network.bytes();
  }

  @Override
  public void close() {
    network.close();
  }

  @Override
  public String toString() {
    return "%s: %d classes, %s, %,d MB of weights"
        .formatted(name, classNames.size(), arithmetic(), bytes() / 1_000_000);
  }
}
