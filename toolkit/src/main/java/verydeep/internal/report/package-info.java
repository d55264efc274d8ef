/** What tables and figures are made of: columns, sheets, legends, colors. Not for users. */
package verydeep.internal.report;
