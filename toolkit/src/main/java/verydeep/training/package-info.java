/**
 * Mini-batch gradient descent with momentum (section 3.1), on one device or several (section 3.3).
 *
 * <p>Start with {@link verydeep.training.Training}. {@link verydeep.training.Recipe} is what the
 * paper says of steps and rates, {@link verydeep.training.Start} where the first weights come from,
 * {@link verydeep.training.Progress} who is told.
 */
package verydeep.training;
