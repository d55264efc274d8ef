package verydeep.transfer;

import java.util.List;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.cpu.Arithmetic;
import verydeep.internal.models.ModelFile;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/**
 * A linear classifier with all that it takes to use it: its hyperplanes, and how a vector is made
 * from an image.
 *
 * @param planes the decisions
 * @param steps how a vector is made; none if the features came from a file
 * @param networks what the steps read, each of which may be missing
 * @param provenance what it was trained on, and how it was tested
 */
record SvmModel(
    Hyperplanes planes,
    List<FeatureSource.Step> steps,
    List<ModelFile.Needed> networks,
    Provenance provenance) {

  SvmModel {
    steps = List.copyOf(steps);
    networks = List.copyOf(networks);
  }

  static SvmModel trained(Hyperplanes planes, Features features) {
    FeatureSource source = features.source();
    Provenance provenance =
        Provenance.unknown()
            .with(
                "trained on",
                features.size() + " images of " + planes.classes().size() + " classes")
            .with("features", planes.trainedOn())
            .with("computed by", features.arithmetic());
    return source == null
        ? new SvmModel(planes, List.of(), List.of(), provenance)
        : new SvmModel(
            planes,
            source.steps(),
            source.networks().stream().map(SvmModel::here).toList(),
            provenance);
  }

  private static ModelFile.Needed here(Checkpoint checkpoint) {
    return new ModelFile.Needed(checkpoint, "", "VGG " + checkpoint.network().label());
  }

  SvmModel with(String name, String fact) {
    return new SvmModel(planes, steps, networks, provenance.with(name, fact));
  }

  /** With the networks that it lacks, or that it is to use from now on. */
  SvmModel withNetworks(List<Checkpoint> given) {
    List<Checkpoint> trimmed = new FeatureSource(steps, given).trimmed().networks();
    List<Checkpoint> checked = ModelFile.given(networks, trimmed);
    return new SvmModel(planes, steps, checked.stream().map(SvmModel::here).toList(), provenance);
  }

  /**
   * How a vector is made.
   *
   * @throws VerydeepException if that is not known, or a network is missing
   */
  FeatureSource source() {
    if (steps.isEmpty()) {
      throw new VerydeepException(
          "This classifier was trained on features from a file, which do not have their network."
              + " Train it on features that an extractor has just given: its cache makes that"
              + " quick.");
    }
    for (ModelFile.Needed needed : networks) {
      if (needed.checkpoint() == null) {
        throw new VerydeepException(
            "This classifier was written without its network. Read it with %s, whose weights have"
                    .formatted(needed.description())
                + " the SHA-256 %s: read(file, checkpoint).".formatted(needed.hash()));
      }
    }
    List<Checkpoint> known = networks.stream().map(ModelFile.Needed::checkpoint).toList();
    return new FeatureSource(steps, known);
  }

  Classifier open(Arithmetic arithmetic) {
    return new SvmClassifier(this, OpenFeatures.by(arithmetic, source()));
  }

  /** By the arithmetic that pays for a number of images. */
  Classifier open(double images) {
    return new SvmClassifier(this, OpenFeatures.forImages(images, source()));
  }

  /** What the classifier is called. */
  String name() {
    return "linear SVM on " + planes.trainedOn();
  }

  Classification.Kind kind() {
    return Classification.Kind.DECISION_VALUE;
  }
}
