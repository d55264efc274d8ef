/**
 * Localization: where the object is in an image (appendix A of the paper).
 *
 * <p>Start with {@link verydeep.localization.Localization}, the result of a test, and {@link
 * verydeep.localization.BoxMerging}.
 */
package verydeep.localization;
