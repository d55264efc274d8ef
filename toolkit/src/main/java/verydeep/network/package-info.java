/**
 * The ConvNets of Table 1 of arXiv 1409.1556: a configuration of the table, the list of layers it
 * stands for, and what is computed from that list.
 *
 * <p>Start with {@link verydeep.network.Vgg}.
 */
package verydeep.network;
