/**
 * What images are resized, split into planes and summed by, and the random streams that examples
 * are drawn from. Internal: may change in any version.
 */
package verydeep.internal.images;
