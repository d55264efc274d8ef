/** The launcher of the scripts: it runs a file as JShell does, with a proper exit status. */
package verydeep.scripts;
