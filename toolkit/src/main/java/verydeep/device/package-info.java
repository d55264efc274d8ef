/**
 * The cards that a machine has, and the libtorch that computes on them: what is there, what is
 * missing, how much memory is free, and in which numbers matrices are multiplied.
 *
 * <p>Start with {@link verydeep.device.Gpus}.
 */
package verydeep.device;
