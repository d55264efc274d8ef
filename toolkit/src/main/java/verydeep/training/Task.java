package verydeep.training;

import java.util.List;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.data.Batch;
import verydeep.evaluation.ErrorRates;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/** What a network is trained to say of images: their class, or where the object is. */
interface Task {

  /** What each unit of the last layer stands for. */
  List<String> outputs();

  /**
   * Checks that network and images fit together.
   *
   * @throws VerydeepException if not
   */
  void check(Vgg network);

  /**
   * What is wanted of a batch.
   *
   * @param training decides how images are augmented
   * @param epoch that the batch is of
   */
  Targets targets(TrainingBuilder training, Batch batch, int epoch);

  /** The errors on the validation set, center crop. */
  ErrorRates validate(Checkpoint now);

  /** The mean loss of a network that has learned nothing but how frequent each answer is. */
  double lossOfChance();

  /** What decides the course of a training, beside its images. */
  Map<String, String> facts();
}
