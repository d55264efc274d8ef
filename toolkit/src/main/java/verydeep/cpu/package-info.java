/**
 * Which arithmetic computes a forward pass or a training: the toolkit's own kernels for CPUs, or
 * DJL's.
 */
package verydeep.cpu;
