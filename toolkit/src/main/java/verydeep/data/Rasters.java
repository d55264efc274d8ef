package verydeep.data;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Converts between Java's images and interleaved 8-bit RGB, without color management, as in Pillow.
 */
final class Rasters {
  private Rasters() {}

  static byte[] rgb(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR && bytes(image.getRaster()) != null) {
      return swapped(bytes(image.getRaster()));
    }
    ColorModel colors = image.getColorModel();
    return colors instanceof ComponentColorModel && !colors.isAlphaPremultiplied()
        ? samples(image.getRaster())
        : packed(image);
  }

  /**
   * Decodes an image by a reader of the JDK's.
   *
   * @param format the reader's format
   * @param data the image
   * @param fileSize the number of bytes of its file, for messages
   * @throws IOException if it is damaged or truncated
   */
  static byte[] decoded(String format, byte[] data, int fileSize) throws IOException {
    return decoded(ImageIO.getImageReadersByFormatName(format).next(), data, fileSize);
  }

  /** Decodes an image by a reader. */
  static byte[] decoded(ImageReader reader, byte[] data, int fileSize) throws IOException {
    try (MemoryStream stream = new MemoryStream(data, data.length)) {
      reader.setInput(stream, true, true);
      byte[] rgb = rgb(reader.read(0));
      if (stream.exhausted()) {
        throw EncodedImage.truncated(fileSize);
      }
      return rgb;
    } finally {
      reader.dispose();
    }
  }

  /** Returns the bytes of a three-band raster that covers its whole buffer, otherwise null. */
  static byte[] bytes(Raster raster) {
    boolean whole =
        raster.getParent() == null
            && raster.getDataBuffer() instanceof DataBufferByte
            && raster.getDataBuffer().getSize() == 3 * raster.getWidth() * raster.getHeight();
    return whole ? ((DataBufferByte) raster.getDataBuffer()).getData() : null;
  }

  static BufferedImage image(int width, int height, byte[] rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    System.arraycopy(swapped(rgb), 0, bytes(image.getRaster()), 0, rgb.length);
    return image;
  }

  /**
   * Returns an image that writes through to interleaved RGB, so that a JPEG decoder need not
   * reorder.
   */
  static BufferedImage view(int width, int height, byte[] rgb) {
    DataBufferByte buffer = new DataBufferByte(rgb, rgb.length);
    int[] offsets = {0, 1, 2};
    ColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster =
        Raster.createInterleavedRaster(buffer, width, height, 3 * width, 3, offsets, null);
    return new BufferedImage(colors, raster, false, null);
  }

  private static byte[] swapped(byte[] in) {
    byte[] out = new byte[in.length];
    for (int i = 0; i < in.length; i += 3) {
      out[i] = in[i + 2];
      out[i + 1] = in[i + 1];
      out[i + 2] = in[i];
    }
    return out;
  }

  /**
   * Returns the samples: one or two bands are gray (and alpha), three or four are RGB (and alpha).
   */
  private static byte[] samples(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    int green = bands < 3 ? 0 : 1;
    int blue = bands < 3 ? 0 : 2;
    int shift = raster.getTransferType() == DataBuffer.TYPE_USHORT ? 8 : 0;
    byte[] out = new byte[3 * width * height];
    int[] row = new int[bands * width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i += bands) {
        out[at++] = (byte) (row[i] >> shift);
        out[at++] = (byte) (row[i + green] >> shift);
        out[at++] = (byte) (row[i + blue] >> shift);
      }
    }
    return out;
  }

  private static byte[] packed(BufferedImage image) {
    int width = image.getWidth();
    byte[] out = new byte[3 * width * image.getHeight()];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int argb : image.getRGB(0, y, width, 1, row, 0, width)) {
        out[at++] = (byte) (argb >> 16);
        out[at++] = (byte) (argb >> 8);
        out[at++] = (byte) argb;
      }
    }
    return out;
  }
}
