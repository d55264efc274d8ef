/**
 * Mini-batch gradient descent with momentum (section 3.1), on one device or several (section 3.3).
 *
 * <p>Start with {@link verydeep.training.Training}. {@link verydeep.training.Recipe} holds the
 * paper's settings for steps and rates, {@link verydeep.training.Start} is where the initial
 * weights come from, and {@link verydeep.training.Progress} receives reports.
 */
package verydeep.training;
