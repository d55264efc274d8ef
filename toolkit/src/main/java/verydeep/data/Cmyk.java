package verydeep.data;

import java.awt.image.Raster;

/**
 * Converts CMYK and YCCK rasters to RGB as Pillow does: values of JPEG files are taken as Adobe
 * stores them, inverted, and each ink absorbs its share of the light, without a color profile.
 */
final class Cmyk {
  private Cmyk() {}

  /**
   * Converts a raster to interleaved RGB.
   *
   * @param raster four bands as stored in the file
   * @param ycck whether the first three bands are the YCbCr of the inverted CMY
   */
  static byte[] rgb(Raster raster, boolean ycck) {
    return rgb(raster, ycck, 0);
  }

  /** Converts a raster of ink as TIFF stores it, 255 where it is full. */
  static byte[] rgbOfInk(Raster raster) {
    return rgb(raster, false, 255);
  }

  private static byte[] rgb(Raster raster, boolean ycck, int inversion) {
    int width = raster.getWidth();
    byte[] out = new byte[3 * width * raster.getHeight()];
    int[] row = new int[4 * width];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i++) {
        row[i] ^= inversion;
      }
      for (int i = 0; i < row.length; i += 4) {
        if (ycck) {
          unmix(row, i);
        }
        int light = row[i + 3];
        for (int band = 0; band < 3; band++) {
          int product = (255 - row[i + band]) * light + 128;
          out[at++] = (byte) Math.max(0, light - (((product >> 8) + product) >> 8));
        }
      }
    }
    return out;
  }

  /** Converts the YCbCr at {@code at} to inverted CMY, by JFIF's formula. */
  private static void unmix(int[] row, int at) {
    int luma = row[at];
    int blue = row[at + 1] - 128;
    int red = row[at + 2] - 128;
    row[at] = 255 - clamp(luma + 1.402 * red);
    row[at + 1] = 255 - clamp(luma - 0.344136286 * blue - 0.714136286 * red);
    row[at + 2] = 255 - clamp(luma + 1.772 * blue);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.rint(value)));
  }
}
