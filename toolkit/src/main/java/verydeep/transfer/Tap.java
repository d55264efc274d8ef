package verydeep.transfer;

/**
 * What is read of a network: a layer's activation at a scale.
 *
 * @param layer the layer's name
 * @param scale Q, the image's smallest side in pixels
 */
record Tap(String layer, int scale) {}
