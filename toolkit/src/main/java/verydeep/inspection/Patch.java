package verydeep.inspection;

import java.nio.file.Path;
import verydeep.data.BoundingBox;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;

/**
 * A part of an image that a channel answers to.
 *
 * @param file the image
 * @param index the image's index among those that were searched
 * @param activation the channel's activation
 * @param row the row of the layer's map where it is
 * @param column the column of the layer's map
 * @param box the receptive field of that place, in pixels of the rescaled image; what lies outside
 *     of the image is zero padding
 * @param scale Q, the smallest side that the image was rescaled to
 * @param padding the color that the network's zero padding stands for
 */
public record Patch(
    Path file,
    int index,
    float activation,
    int row,
    int column,
    BoundingBox box,
    int scale,
    Rgb padding) {

  /**
   * Cuts the patch out of its image.
   *
   * @return a square as large as the receptive field; where it reaches beyond the image it has the
   *     color that the network's zero padding stands for
   * @throws verydeep.data.UnreadableImageException if the file is no longer there
   */
  public RgbImage image() {
    RgbImage whole = RgbImage.read(file).rescale(scale);
    int side = (int) box.width();
    RgbImage plain = Painted.plain(side, side, padding);
    return Painted.over(plain, whole, (int) -box.left(), (int) -box.top());
  }
}
