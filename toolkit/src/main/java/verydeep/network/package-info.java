/**
 * A ConvNet of Table 1 of arXiv 1409.1556: a row of the table, the list of layers that it stands
 * for, and what reads that list.
 *
 * <p>Start with {@link verydeep.network.Vgg}.
 */
package verydeep.network;
