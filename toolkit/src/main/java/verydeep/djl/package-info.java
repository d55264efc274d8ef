/** Checkpoints for the rest of DJL's world. */
package verydeep.djl;
