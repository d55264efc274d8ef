package verydeep.data;

import java.nio.file.Path;

/**
 * The mapping of boxes drawn on an image's stored pixels to the image as EXIF rotates it. VOC's and
 * ILSVRC's tools and torchvision's {@code VOCDetection} read the stored pixels; this toolkit
 * rotates every image, so its boxes are rotated along with it.
 *
 * @param orientation how the image is rotated
 * @param width the width of the stored image in pixels
 * @param height the height of the stored image in pixels
 */
record Turn(Orientation orientation, int width, int height) {

  /**
   * Returns how an annotated image's boxes must be rotated.
   *
   * @param image its file
   * @param width the image width the boxes were drawn for, in pixels
   * @param height the image height the boxes were drawn for, in pixels
   * @return the rotation; none if the boxes were drawn on the rotated image, which shows in swapped
   *     sides, or if the file cannot be read, which is reported when it is decoded
   */
  static Turn of(Path image, int width, int height) {
    try {
      Decoding.Stored stored = Decoding.stored(image);
      boolean drawnSo = stored.width() == width && stored.height() == height;
      return new Turn(drawnSo ? stored.orientation() : Orientation.UPRIGHT, width, height);
    } catch (UnreadableImageException e) {
      return new Turn(Orientation.UPRIGHT, width, height);
    }
  }

  /** Returns the width of the rotated image. */
  int turnedWidth() {
    return orientation.swapped() ? height : width;
  }

  /** Returns the height of the rotated image. */
  int turnedHeight() {
    return orientation.swapped() ? width : height;
  }

  /** Maps a box to the pixels of the rotated image. */
  BoundingBox apply(BoundingBox box) {
    return orientation.apply(width, height, box);
  }
}
