/**
 * The loop over images of every test: read ahead, shown to a network, kept in a folder, progress.
 * Plumbing: it may change in any version.
 */
package verydeep.internal.inference;
