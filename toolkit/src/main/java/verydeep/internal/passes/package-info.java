/**
 * Gradients with respect to a network's input and activations, whatever computes them. Internal:
 * may change in any version.
 */
package verydeep.internal.gradients;
