/**
 * What a network saw: the patches that its channels respond to, maps of the evidence in an image
 * for a class, how far two images are from each other in its layers, and images made from its
 * features.
 *
 * <p>Start with {@link verydeep.inspection.StrongestPatches}, {@link verydeep.inspection.GradCam},
 * {@link verydeep.inspection.PerceptualDistance} and {@link verydeep.inspection.ImageOptimization};
 * {@code verydeep.report} draws what they give.
 */
package verydeep.inspection;
