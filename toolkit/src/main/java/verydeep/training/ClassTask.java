package verydeep.training;

import java.util.List;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.evaluation.ErrorRates;
import verydeep.evaluation.Evaluation;
import verydeep.internal.batches.Batch;
import verydeep.internal.tasks.Targets;
import verydeep.internal.tasks.Task;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/** Classification: which class an image shows. */
record ClassTask(Images training, Images validation) implements Task {

  @Override
  public List<String> outputs() {
    return training.classes();
  }

  @Override
  public void check(Vgg network) {
    int classes = training.classes().size();
    if (network.classes() != classes) {
      throw new VerydeepException(
          "Network "
              + network.label()
              + " has "
              + network.classes()
              + " classes, but the images have "
              + classes
              + ". Build the network with classes("
              + classes
              + ").");
    }
    if (!training.classes().equals(validation.classes())) {
      throw new VerydeepException(
          "The training images have the classes "
              + training.classes()
              + ", the validation images "
              + validation.classes()
              + "; they must be the same.");
    }
  }

  @Override
  public boolean hasTopFive() {
    return training.classes().size() > 5;
  }

  @Override
  public Targets targets(Batch batch) {
    return new ClassTargets(batch.labels());
  }

  @Override
  public ErrorRates validate(Checkpoint now) {
    return Evaluation.of(now, validation).centerCrop().quiet().run().errors();
  }

  @Override
  public double lossOfChance() {
    return Diagnosis.lossOfChance(training);
  }

  @Override
  public Map<String, String> facts() {
    return Map.of();
  }
}
