/**
 * Class scores of an image, and how wrong they are (section 3.2).
 *
 * <p>Start with {@link verydeep.evaluation.Evaluation}.
 */
package verydeep.evaluation;
