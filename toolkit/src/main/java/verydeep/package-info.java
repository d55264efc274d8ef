/**
 * The exceptions that all packages share.
 *
 * <p>{@link verydeep.VerydeepException} is their common supertype.
 */
package verydeep;
