/**
 * The network for other data (appendix B): its layers' activations as features, and a linear
 * classifier on them.
 *
 * <p>Start with {@link verydeep.transfer.FeatureExtractor}.
 */
package verydeep.transfer;
