/** Work in parts: computed in any order by any process, kept in a folder, joined to the bit. */
package verydeep.internal.jobs;
