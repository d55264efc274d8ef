/**
 * Networks computed by DJL: the block for training, the forward pass for testing, and weights in
 * DJL's memory. Internal; it may change in any version.
 */
package verydeep.internal.djl;
