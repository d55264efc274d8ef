/**
 * The cards as libtorch sees them: how many, their memory, their number formats. Plumbing: it may
 * change in any version.
 */
package verydeep.internal.devices;
