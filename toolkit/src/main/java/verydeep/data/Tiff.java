package verydeep.data;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;

/** The first page of a TIFF file, also of a BigTIFF. */
final class Tiff implements EncodedImage {

  private final byte[] file;
  private final Metadata metadata = new Metadata();
  private final int width;
  private final int height;

  Tiff(byte[] file) throws IOException {
    this.file = file;
    metadata.exif(ByteBuffer.wrap(file));
    ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
    try (MemoryStream stream = new MemoryStream(file, file.length)) {
      reader.setInput(stream, true, true);
      width = reader.getWidth(0);
      height = reader.getHeight(0);
    } finally {
      reader.dispose();
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public Orientation orientation() {
    return metadata.orientation();
  }

  @Override
  public byte[] pixels() throws IOException {
    ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
    try (MemoryStream stream = new MemoryStream(file, file.length)) {
      reader.setInput(stream, true, true);
      BufferedImage image = reader.read(0);
      Raster raster = image.getRaster();
      int type = raster.getTransferType();
      if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
        throw new IOException("Its samples are neither of 1 to 8 bits nor of 16 bits.");
      }
      if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
        return Cmyk.rgbOfInk(raster);
      }
      return Rasters.rgb(image);
    } finally {
      reader.dispose();
    }
  }
}
