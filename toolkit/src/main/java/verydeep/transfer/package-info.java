/**
 * Networks for other data (appendix B): a layer's activations as features, and linear classifiers
 * on them.
 *
 * <p>Start with {@link verydeep.transfer.FeatureExtractor}.
 */
package verydeep.transfer;
