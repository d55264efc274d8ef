/**
 * The forward pass in bfloat16, by oneDNN: products of numbers of 16 bits, summed in 32. oneDNN
 * comes from JavaCPP's preset, an optional dependency; only {@link verydeep.internal.onednn.OneDnn}
 * is loaded where it is missing. Internal; it may change in any version.
 */
package verydeep.internal.onednn;
