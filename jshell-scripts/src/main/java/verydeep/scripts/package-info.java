/** The launcher of the scripts: JShell's own reading of a file, with a true exit status. */
package verydeep.scripts;
