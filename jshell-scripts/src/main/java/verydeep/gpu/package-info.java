/**
 * Checks that a GPU computes the same as the CPU, and how fast: the training of section 3.3, tested
 * on the machine at hand.
 *
 * <p>Start with {@link verydeep.gpu.GpuCheck}.
 */
package verydeep.gpu;
