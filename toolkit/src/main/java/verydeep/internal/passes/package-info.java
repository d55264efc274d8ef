/**
 * What passes through a network give, whatever computes them: activations, and gradients with
 * respect to them and the input. Internal: may change in any version.
 */
package verydeep.internal.passes;
