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
  private final TiffDirectory directory;

  Tiff(byte[] file) {
    this.file = file;
    directory = new TiffDirectory(ByteBuffer.wrap(file));
    metadata.exif(ByteBuffer.wrap(file));
  }

  @Override
  public int width() {
    return side(TiffDirectory.WIDTH);
  }

  @Override
  public int height() {
    return side(TiffDirectory.HEIGHT);
  }

  private int side(int tag) {
    return (int) Math.min(Integer.MAX_VALUE, directory.get(tag, 0));
  }

  @Override
  public Orientation orientation() {
    return metadata.orientation();
  }

  @Override
  public byte[] pixels() throws IOException {
    directory.check();
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
