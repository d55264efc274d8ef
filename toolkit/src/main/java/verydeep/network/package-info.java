/** A ConvNet of Table 1. */
package verydeep.network;
