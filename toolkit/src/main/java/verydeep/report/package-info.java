/**
 * Results as tables and figures. Only this package knows the libraries that draw them.
 *
 * <p>Start with {@link verydeep.report.Tables}, {@link verydeep.report.Charts} and {@link
 * verydeep.report.Pictures}; the paper's own numbers are in {@link verydeep.report.PaperResults}.
 */
package verydeep.report;
