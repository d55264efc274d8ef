/**
 * The records of long experiments and their tables and charts, for the scripts and notebooks of
 * this repository; not part of the toolkit.
 *
 * <p>{@link verydeep.experiments.Trials} are trainings that differ by seed or network; {@link
 * verydeep.experiments.LayerResults} are tests of one network's layers.
 */
package verydeep.experiments;
