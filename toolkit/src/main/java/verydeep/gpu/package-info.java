/**
 * Whether a card computes what the CPU computes, and how fast: the path of section 3.3, proven on
 * the machine at hand.
 *
 * <p>Start with {@link verydeep.gpu.GpuCheck}.
 */
package verydeep.gpu;
