/**
 * What long experiments keep of their trainings and tests, and how that is shown: for the scripts
 * and notebooks of this repository, and no part of the toolkit.
 *
 * <p>{@link verydeep.experiments.Trials} are trainings that differ by seed or network; {@link
 * verydeep.experiments.LayerResults} are tests of one network's layers.
 */
package verydeep.experiments;
