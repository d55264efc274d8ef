/**
 * Work in parts: computed in any order by any process, kept in a folder, and joined with the same
 * bits.
 */
package verydeep.internal.jobs;
