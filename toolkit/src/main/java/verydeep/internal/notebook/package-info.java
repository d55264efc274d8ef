/** The bridge to the notebook kernel. Plumbing: it may change in any version. */
package verydeep.internal.notebook;
