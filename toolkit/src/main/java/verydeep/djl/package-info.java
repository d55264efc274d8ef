/** Checkpoints for use with the rest of the DJL ecosystem. */
package verydeep.djl;
