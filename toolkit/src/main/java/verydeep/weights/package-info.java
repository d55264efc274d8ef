/**
 * Parameters on disk, and where they came from.
 *
 * <p>Start with {@link verydeep.weights.Checkpoint}.
 */
package verydeep.weights;
