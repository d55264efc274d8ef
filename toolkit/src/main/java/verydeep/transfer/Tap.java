package verydeep.transfer;

/**
 * What is read of a network: a layer's response at a scale.
 *
 * @param layer the layer's name
 * @param scale Q, the picture's smallest side in pixels
 */
record Tap(String layer, int scale) {}
