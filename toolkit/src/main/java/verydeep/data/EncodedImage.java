package verydeep.data;

import java.io.IOException;

/**
 * An image file in memory whose header has been read. Sizes are those of the stored pixels; a
 * constructor allocates no more than a few copies of the file.
 */
interface EncodedImage {

  /** Returns the width of the stored pixels, unchecked. */
  int width() throws IOException;

  /** Returns the height of the stored pixels, unchecked. */
  int height() throws IOException;

  /** Returns how the stored pixels must be rotated for display. */
  default Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  /**
   * Decodes the stored pixels to interleaved RGB, {@code 3 * width * height} bytes. The caller has
   * checked the size.
   *
   * @throws IOException if the file is damaged or truncated
   */
  byte[] pixels() throws IOException;

  /** Returns the error of a file that ends too early. */
  static IOException truncated(int bytes) {
    return new IOException("It is truncated after " + bytes + " bytes.");
  }
}
