package verydeep.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG file. Its decoder sees a copy of the chunks that make pixels: the others, damaged or not,
 * have nothing to do with them.
 */
final class Png implements EncodedImage {

  private static final int SIGNATURE = 8;
  private static final int PALETTE = 3;
  private static final Set<String> ABOUT_ORIENTATION = Set.of("eXIf", "iTXt", "zTXt", "tEXt");

  /** A header does not state an orientation in more bytes than this. */
  private static final int LONGEST_TEXT = 1 << 20;

  private final byte[] file;
  private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
  private final PngTexts texts = new PngTexts();
  private ByteBuffer header = ByteBuffer.allocate(13);
  private boolean hasData;

  Png(byte[] file) throws IOException {
    this.file = file;
    plain.write(file, 0, SIGNATURE);
    int at = SIGNATURE;
    String name = "";
    while (at + 12 <= file.length && !name.equals("IEND")) {
      ByteBuffer chunk = ByteBuffer.wrap(file, at, file.length - at).slice();
      int length = chunk.getInt(0);
      name = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (length < 0 || length > chunk.limit() - 12) {
        keepPart(name, at);
        break;
      }
      take(name, chunk.limit(12 + length));
      at += 12 + length;
    }
    if (header.limit() < 13 || header.getInt(0) == 0) {
      throw new IOException("It has no header chunk IHDR that states its size.");
    }
  }

  private void take(String name, ByteBuffer chunk) throws IOException {
    ByteBuffer data = chunk.slice(8, chunk.limit() - 12);
    switch (name) {
      case "IHDR" -> {
        check(name, chunk);
        header = data;
        keep(chunk);
      }
      case "PLTE" -> {
        check(name, chunk);
        if (header.limit() >= 13 && header.get(9) == PALETTE) {
          keep(chunk);
        }
      }
      case "IDAT", "IEND" -> {
        hasData |= name.equals("IDAT");
        keep(chunk);
      }
      default -> texts.take(name, data);
    }
  }

  private void keep(ByteBuffer chunk) {
    plain.write(chunk.array(), chunk.arrayOffset(), chunk.limit());
  }

  /** Keeps what there is of the data of a file that ends within it. */
  private void keepPart(String name, int at) {
    if (name.equals("IDAT")) {
      hasData = true;
      plain.write(file, at, file.length - at);
    }
  }

  private static void check(String name, ByteBuffer chunk) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(chunk.slice(4, chunk.limit() - 8));
    if ((int) sum.getValue() != chunk.getInt(chunk.limit() - 4)) {
      throw new IOException("The checksum of its chunk " + name + " is wrong.");
    }
  }

  /**
   * Reads only the chunks that tell size and orientation, which may follow the data.
   *
   * @return a PNG without data
   */
  static byte[] header(InputStream file) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(file.readNBytes(SIGNATURE));
    byte[] head = file.readNBytes(8);
    while (head.length == 8) {
      int length = ByteBuffer.wrap(head).getInt();
      String name = new String(head, 4, 4, StandardCharsets.ISO_8859_1);
      if (length < 0) {
        break;
      }
      boolean wanted = name.equals("IHDR") || ABOUT_ORIENTATION.contains(name);
      if (wanted && length <= LONGEST_TEXT) {
        kept.write(head);
        kept.write(file.readNBytes(length + 4));
      } else {
        file.skipNBytes(length + 4L);
      }
      head = file.readNBytes(8);
    }
    return kept.toByteArray();
  }

  @Override
  public int width() {
    return header.getInt(0);
  }

  @Override
  public int height() {
    return header.getInt(4);
  }

  @Override
  public Orientation orientation() {
    return texts.orientation();
  }

  @Override
  public byte[] pixels() throws IOException {
    if (!hasData) {
      throw new IOException("It has no pixels: there is no chunk IDAT.");
    }
    byte[] bytes = plain.toByteArray();
    return Rasters.decoded("png", bytes, file.length);
  }
}
