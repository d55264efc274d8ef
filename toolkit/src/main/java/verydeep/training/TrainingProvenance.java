package verydeep.training;

import verydeep.cpu.Arithmetic;
import verydeep.data.Preprocessing;
import verydeep.network.Parameters;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** What a checkpoint records about the training that produced it. */
final class TrainingProvenance {

  private TrainingProvenance() {}

  static Checkpoint checkpoint(
      TrainingSettings training,
      Arithmetic arithmetic,
      Parameters parameters,
      Preprocessing preprocessing,
      int epoch) {
    Provenance provenance =
        Provenance.unknown()
            .with("trained on", training.training())
            .with("validated on", training.validation())
            .with("recipe", training.recipe())
            .with("dropout", training.network().dropout())
            .with("scale", training.scale())
            .with("augmentation", training.augmentation())
            .with("first weights", firstWeights(training))
            .with("seed", training.seed())
            .with("epoch", epoch);
    if (!training.rates().equals(LayerRates.EVEN)) {
      provenance = provenance.with("layers", training.rates());
    }
    if (training.precision() != Precision.FLOAT32) {
      provenance = provenance.with("precision", training.precision());
    }
    return Checkpoint.of(
            parameters,
            training.task().outputs(),
            preprocessing,
            provenance.with("arithmetic", arithmetic).with("versions", TrainingFacts.versions()))
        .withTrainingScale(training.scale());
  }

  private static String firstWeights(TrainingSettings training) {
    return training.start() instanceof RandomStart
        ? training.network().initialization().toString()
        : training.start() + ", else " + training.network().initialization();
  }
}
