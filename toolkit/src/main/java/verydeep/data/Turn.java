package verydeep.data;

import java.nio.file.Path;

/**
 * From boxes that were drawn on the stored pixels of a photo to the photo as EXIF turns it. VOC's
 * tools, ILSVRC's, and torchvision's {@code VOCDetection} read the stored pixels; this toolkit
 * turns every photo, so their boxes are turned with it.
 *
 * @param orientation how the photo is turned
 * @param width of the stored photo, pixels
 * @param height of it
 */
record Turn(Orientation orientation, int width, int height) {

  /**
   * How a photo is turned for which boxes were drawn.
   *
   * @param picture its file
   * @param width for which the boxes were drawn, pixels
   * @param height for which they were drawn
   * @return upright also if the boxes were drawn on the photo as it is turned, whose sides then
   *     have changed places, and if there is no such file: it is missed when it is read
   */
  static Turn of(Path picture, int width, int height) {
    Decoding.Stored stored = Decoding.stored(picture);
    boolean drawnSo = stored.width() == width && stored.height() == height;
    return new Turn(drawnSo ? stored.orientation() : Orientation.UPRIGHT, width, height);
  }

  /** The width of the turned photo. */
  int turnedWidth() {
    return orientation.swapped() ? height : width;
  }

  /** The height of the turned photo. */
  int turnedHeight() {
    return orientation.swapped() ? width : height;
  }

  /** A box in the pixels of the turned photo. */
  BoundingBox apply(BoundingBox box) {
    return orientation.apply(width, height, box);
  }
}
