package verydeep.evaluation;

import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.internal.inference.ViewChoice;
import verydeep.weights.Checkpoint;

/**
 * What an {@link EvaluationBuilder} collected.
 *
 * @param checkpoint the network
 * @param images to test with
 * @param views what the network is shown of each image, as far as it was said
 * @param arithmetic what computes; null for what the amount of work pays for
 * @param skipping whether a test goes on after an image that cannot be read
 * @param quiet whether no progress is shown
 * @param pause nanoseconds between two parts that are kept, at least
 */
record EvaluationSettings(
    Checkpoint checkpoint,
    Images images,
    ViewChoice views,
    Arithmetic arithmetic,
    boolean skipping,
    boolean quiet,
    long pause) {}
