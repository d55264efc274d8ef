/**
 * The loop over images shared by all tests: read ahead, run through a network, saved in a folder,
 * with progress. Internal: may change in any version.
 */
package verydeep.internal.inference;
