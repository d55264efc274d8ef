/**
 * The exceptions that all packages throw.
 *
 * <p>{@link verydeep.VerydeepException} is the parent of each.
 */
package verydeep;
