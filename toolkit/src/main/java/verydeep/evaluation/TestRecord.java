package verydeep.evaluation;

import java.util.List;
import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.data.Skipped;
import verydeep.data.TestViews;
import verydeep.data.TrainingScale;

/**
 * What a test found, before it answers questions as an {@link Evaluation}.
 *
 * @param facts what is known of it beside its images
 * @param classes the names of the network's classes
 * @param predictions one per image, in order
 * @param skipped images that could not be read
 */
record TestRecord(
    TestFacts facts, List<String> classes, List<Prediction> predictions, List<Skipped> skipped) {

  TestRecord {
    classes = List.copyOf(classes);
    predictions = List.copyOf(predictions);
    skipped = List.copyOf(skipped);
    if (predictions.isEmpty()) {
      throw new VerydeepException("A test needs at least one image.");
    }
  }

  String name() {
    return facts.name();
  }

  String protocol() {
    return facts.protocol();
  }

  List<TestViews> allViews() {
    return facts.views();
  }

  Optional<TrainingScale> trainingScale() {
    return Optional.ofNullable(facts.trainingScale());
  }

  double seconds() {
    return facts.seconds();
  }

  String arithmetic() {
    return facts.arithmetic();
  }

  ErrorRates errors() {
    return ErrorRates.of(predictions, classes.size());
  }

  TestRecord with(TestFacts others) {
    return new TestRecord(others, classes, predictions, skipped);
  }

  TestRecord with(List<Prediction> others, List<Skipped> othersSkipped) {
    return new TestRecord(facts, classes, others, othersSkipped);
  }
}
