/**
 * Mini-batch gradient descent with momentum (section 3.1).
 *
 * <p>Start with {@link verydeep.training.Training}.
 */
package verydeep.training;
