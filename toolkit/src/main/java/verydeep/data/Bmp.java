package verydeep.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * A BMP file. Headers of OS/2's second version, of 64 or 16 bytes, are rewritten as Windows' of 40,
 * the form that the JDK's decoder knows.
 */
final class Bmp implements EncodedImage {

  private static final int FILE_HEADER = 14;
  private static final int OS2_1 = 12;
  private static final int WINDOWS = 40;
  private static final Set<Integer> OS2_2 = Set.of(16, 64);

  private static final int MASKS = 3;
  private static final int[] DEPTHS = {1, 4, 8, 16, 24, 32};

  private final ByteBuffer file;
  private final int headerSize;
  private final int width;
  private final int height;

  Bmp(byte[] bytes) throws IOException {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    headerSize = bytes.length < FILE_HEADER + 4 ? 0 : file.getInt(FILE_HEADER);
    if (headerSize < OS2_1 || headerSize > bytes.length - FILE_HEADER) {
      throw EncodedImage.truncated(bytes.length);
    }
    boolean narrow = headerSize == OS2_1;
    width = narrow ? file.getShort(18) & 0xffff : file.getInt(18);
    height = narrow ? file.getShort(20) & 0xffff : Math.abs(file.getInt(22));
    check(file.getShort(narrow ? 24 : 28), headerSize >= WINDOWS ? file.getInt(30) : 0);
  }

  private void check(int depth, int compression) throws IOException {
    boolean known = false;
    for (int one : DEPTHS) {
      known |= one == depth;
    }
    if (compression < 0 || compression > MASKS) {
      throw new IOException(
          "Its pixels are of compression %d, such as a PNG or JPEG image within; 0 to 3 are read."
              .formatted(compression));
    }
    if (!known || (OS2_2.contains(headerSize) && compression == MASKS)) {
      throw new IOException(
          "Its pixels of %d bits in compression %d are not read.".formatted(depth, compression));
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
  public byte[] pixels() throws IOException {
    return Rasters.decoded(
        "bmp", OS2_2.contains(headerSize) ? rewritten() : file.array(), file.limit());
  }

  private byte[] rewritten() {
    ByteBuffer plain =
        ByteBuffer.allocate(file.limit() - headerSize + WINDOWS).order(ByteOrder.LITTLE_ENDIAN);
    plain.put(file.slice(0, FILE_HEADER));
    plain.put(file.slice(FILE_HEADER, Math.min(headerSize, WINDOWS)));
    plain.position(FILE_HEADER + WINDOWS);
    plain.put(file.slice(FILE_HEADER + headerSize, file.limit() - FILE_HEADER - headerSize));
    plain.putInt(10, file.getInt(10) - headerSize + WINDOWS);
    plain.putInt(FILE_HEADER, WINDOWS);
    return plain.array();
  }
}
