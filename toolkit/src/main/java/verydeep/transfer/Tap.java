package verydeep.transfer;

/**
 * What is read from a network: a layer's activations at a scale.
 *
 * @param layer the layer's name
 * @param scale Q, the image's smallest side in pixels
 */
record Tap(String layer, int scale) {}
