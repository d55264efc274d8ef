package verydeep.transfer;

import java.util.List;
import java.util.stream.Collectors;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.data.RgbImage;
import verydeep.internal.models.ModelFile;

/** The decision values of a linear SVM on features of a network (appendix B). */
final class SvmClassifier implements Classifier {

  private final SvmModel model;
  private final OpenFeatures features;

  SvmClassifier(SvmModel model, OpenFeatures features) {
    this.model = model;
    this.features = features;
  }

  @Override
  public Classification classify(RgbImage image, String name) {
    float[] scores = model.planes().decide(features.vector(image, name));
    return Classification.of(image, name, classNames(), scores, kind(), name());
  }

  @Override
  public List<String> classNames() {
    return model.planes().classes();
  }

  @Override
  public Classification.Kind kind() {
    return model.kind();
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public String fingerprint() {
    return name()
        + ", hyperplanes "
        + Integer.toHexString(model.planes().checksum())
        + ", weights "
        + model.networks().stream()
            .map(ModelFile.Needed::checkpoint)
            .map(network -> Integer.toHexString(network.parameters().checksum()))
            .collect(Collectors.joining(" "));
  }

  @Override
  public String arithmetic() {
    return features.arithmetic();
  }

  @Override
  public long bytes() {
    return features.bytes();
  }

  @Override
  public void close() {
    features.close();
  }

  @Override
  public String toString() {
    return "%s: %d classes, %s, %,d MB of weights"
        .formatted(name(), classNames().size(), arithmetic(), bytes() / 1_000_000);
  }
}
