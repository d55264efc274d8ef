/**
 * A machine's GPUs and the libtorch that computes on them: what is present, what is missing, how
 * much memory is free, and in what precision matrices are multiplied.
 *
 * <p>Start with {@link verydeep.internal.devices.Gpus}.
 */
package verydeep.device;
