package verydeep.internal.passes;

import verydeep.network.MapShape;

/**
 * A layer's output for a batch of images, in plain Java.
 *
 * @param layer the layer's name
 * @param images the number of images
 * @param shape channels, height and width for one image
 * @param values images x channels x height x width numbers, row-major; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // read by the inner loops of evaluation
public record Activations(String layer, int images, MapShape shape, float[] values) {

  /**
   * Returns one image's maps averaged over space: global average pooling, which makes the class
   * scores of section 3.2.
   *
   * @param image its index in the batch
   * @return one number per channel
   */
  public float[] meanOverSpace(int image) {
    int places = shape.height() * shape.width();
    float[] means = new float[shape.channels()];
    int at = image * Math.toIntExact(shape.size());
    for (int channel = 0; channel < means.length; channel++) {
      double sum = 0;
      for (int i = 0; i < places; i++) {
        sum += values[at++];
      }
      means[channel] = (float) (sum / places);
    }
    return means;
  }

  /** Returns the layer and the shape. */
  @Override
  public String toString() {
    return layer + ": " + images + " x " + shape;
  }
}
