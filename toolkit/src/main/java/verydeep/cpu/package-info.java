/**
 * Which arithmetic computes a forward pass or a training: the toolkit's own kernels for CPUs,
 * DJL's, or oneDNN's.
 */
package verydeep.cpu;
