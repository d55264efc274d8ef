package verydeep.internal.tasks;

import java.util.List;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.evaluation.ErrorRates;
import verydeep.internal.batches.Batch;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/** What a network is trained to predict for images: their class, or where the object is. */
public interface Task {

  /** Returns the meaning of each unit of the last layer. */
  List<String> outputs();

  /**
   * Checks that the network matches the images.
   *
   * @throws VerydeepException if it does not
   */
  void check(Vgg network);

  /** Returns the training images. */
  Images training();

  /** Returns the validation images. */
  Images validation();

  /** Returns whether there is a top-5 error: not for boxes, nor for five classes or fewer. */
  boolean hasTopFive();

  /** Returns the targets of a batch, which knows how its images were augmented. */
  Targets targets(Batch batch);

  /** Returns the errors of the center crop on the validation set. */
  ErrorRates validate(Checkpoint now);

  /** Returns the mean loss of a network that has learned only how frequent each answer is. */
  double lossOfChance();

  /** Returns what determines the course of a training besides its images. */
  Map<String, String> facts();
}
