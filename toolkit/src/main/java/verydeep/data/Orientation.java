package verydeep.data;

/** How EXIF says that stored pixels are to be turned; the ordinal is EXIF's number less one. */
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

  /** Of EXIF's number 1-8; any other counts as upright, as in Pillow. */
  static Orientation of(int exif) {
    return exif >= 1 && exif <= 8 ? values()[exif - 1] : UPRIGHT;
  }

  /** True if width and height change places. */
  boolean swapped() {
    return swapped;
  }

  /**
   * A box in a stored image of {@code width} x {@code height} pixels as it lies in the turned one.
   */
  BoundingBox apply(int width, int height, BoundingBox box) {
    double left = fromRight ? width - box.right() : box.left();
    double right = fromRight ? width - box.left() : box.right();
    double top = fromBottom ? height - box.bottom() : box.top();
    double bottom = fromBottom ? height - box.top() : box.bottom();
    return swapped
        ? new BoundingBox(top, left, bottom, right)
        : new BoundingBox(left, top, right, bottom);
  }

  /** Turned pixels of a stored image of {@code width} x {@code height} pixels, interleaved. */
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
