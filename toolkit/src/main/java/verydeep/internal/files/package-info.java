/**
 * Files of the toolkit: whole or not there, safetensors as the one format, and what reads without
 * trust. Plumbing: it may change in any version.
 */
package verydeep.internal.files;
