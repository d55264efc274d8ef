package verydeep.evaluation;

import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.weights.Checkpoint;

/**
 * What an {@link EvaluationBuilder} collected, except for the views.
 *
 * @param checkpoint the network
 * @param images to test with
 * @param flipped whether flipped images are shown too; null for what the view has by default
 * @param arithmetic what computes; null for what the amount of work pays for
 * @param skipping whether a test goes on after an image that cannot be read
 * @param quiet whether no progress is shown
 * @param pause nanoseconds between two parts that are kept, at least
 */
record EvaluationSettings(
    Checkpoint checkpoint,
    Images images,
    Boolean flipped,
    Arithmetic arithmetic,
    boolean skipping,
    boolean quiet,
    long pause) {}
