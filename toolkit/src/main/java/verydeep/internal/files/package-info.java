/**
 * The toolkit's files: written completely or not at all, always in the safetensors format, and read
 * without trust. Internal; it may change in any version.
 */
package verydeep.internal.files;
