/**
 * A network as DJL computes it: the block that trains, the forward pass that tests, weights in its
 * memory. Plumbing: it may change in any version.
 */
package verydeep.internal.djl;
