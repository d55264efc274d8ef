package verydeep.data;

import java.nio.file.Path;

/**
 * From boxes that were drawn on the stored pixels of an image to the image as EXIF turns it. VOC's
 * tools, ILSVRC's, and torchvision's {@code VOCDetection} read the stored pixels; this toolkit
 * turns every image, so their boxes are turned with it.
 *
 * @param orientation how the image is turned
 * @param width of the stored image, pixels
 * @param height of it
 */
record Turn(Orientation orientation, int width, int height) {

  /**
   * How an image is turned for which boxes were drawn.
   *
   * @param image its file
   * @param width for which the boxes were drawn, pixels
   * @param height for which they were drawn
   * @return upright also if the boxes were drawn on the image as it is turned, whose sides then
   *     have changed places, and if there is no such file: it is missed when it is read
   */
  static Turn of(Path image, int width, int height) {
    Decoding.Stored stored = Decoding.stored(image);
    boolean drawnSo = stored.width() == width && stored.height() == height;
    return new Turn(drawnSo ? stored.orientation() : Orientation.UPRIGHT, width, height);
  }

  /** The width of the turned image. */
  int turnedWidth() {
    return orientation.swapped() ? height : width;
  }

  /** The height of the turned image. */
  int turnedHeight() {
    return orientation.swapped() ? width : height;
  }

  /** A box in the pixels of the turned image. */
  BoundingBox apply(BoundingBox box) {
    return orientation.apply(width, height, box);
  }
}
