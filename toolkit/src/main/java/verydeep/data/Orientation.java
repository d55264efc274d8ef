package verydeep.data;

/**
 * How stored pixels must be rotated or flipped for display, according to EXIF; the ordinal is
 * EXIF's number minus one.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  FLIPPED(false, true, false),
  ROTATED_180(false, true, true),
  UPSIDE_DOWN(false, false, true),
  TRANSPOSED(true, false, false),
  ROTATED_90(true, false, true),
  TRANSVERSED(true, true, true),
  ROTATED_270(true, true, false);

  private final boolean swapped;
  private final boolean fromRight;
  private final boolean fromBottom;

  Orientation(boolean swapped, boolean fromRight, boolean fromBottom) {
    this.swapped = swapped;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** Returns the orientation of EXIF's number 1-8; any other counts as upright, as in Pillow. */
  static Orientation of(int exif) {
    return exif >= 1 && exif <= 8 ? values()[exif - 1] : UPRIGHT;
  }

  /** Returns whether width and height are swapped. */
  boolean swapped() {
    return swapped;
  }

  /** Maps a box in a stored image of {@code width} x {@code height} pixels to the rotated image. */
  BoundingBox apply(int width, int height, BoundingBox box) {
    double left = fromRight ? width - box.right() : box.left();
    double right = fromRight ? width - box.left() : box.right();
    double top = fromBottom ? height - box.bottom() : box.top();
    double bottom = fromBottom ? height - box.top() : box.bottom();
    return swapped
        ? new BoundingBox(top, left, bottom, right)
        : new BoundingBox(left, top, right, bottom);
  }

  /** Rotates the interleaved pixels of a stored image of {@code width} x {@code height} pixels. */
  byte[] apply(int width, int height, byte[] rgb) {
    if (this == UPRIGHT) {
      return rgb;
    }
    byte[] out = new byte[rgb.length];
    int outWidth = swapped ? height : width;
    int outHeight = swapped ? width : height;
    int at = 0;
    for (int y = 0; y < outHeight; y++) {
      for (int x = 0; x < outWidth; x++) {
        int column = swapped ? y : x;
        int row = swapped ? x : y;
        int sourceX = fromRight ? width - 1 - column : column;
        int sourceY = fromBottom ? height - 1 - row : row;
        int from = 3 * (sourceY * width + sourceX);
        out[at++] = rgb[from];
        out[at++] = rgb[from + 1];
        out[at++] = rgb[from + 2];
      }
    }
    return out;
  }
}
