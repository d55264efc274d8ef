package verydeep.internal.tasks;

import java.util.List;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.data.Batch;
import verydeep.data.Images;
import verydeep.evaluation.ErrorRates;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/** What a network is trained to say of images: their class, or where the object is. */
public interface Task {

  /** What each unit of the last layer stands for. */
  List<String> outputs();

  /**
   * Checks that network and images fit together.
   *
   * @throws VerydeepException if not
   */
  void check(Vgg network);

  /** The images to train on. */
  Images training();

  /** The images to validate with. */
  Images validation();

  /** Whether an answer can be among the best five: not of boxes, nor of five classes or fewer. */
  boolean hasTopFive();

  /** What is wanted of a batch; it knows how its images were augmented. */
  Targets targets(Batch batch);

  /** The errors on the validation set, center crop. */
  ErrorRates validate(Checkpoint now);

  /** The mean loss of a network that has learned nothing but how frequent each answer is. */
  double lossOfChance();

  /** What decides the course of a training, beside its images. */
  Map<String, String> facts();
}
