/**
 * The images of an epoch as batches, decoded and augmented ahead of the training that takes them.
 * Internal: may change in any version.
 */
package verydeep.internal.batches;
