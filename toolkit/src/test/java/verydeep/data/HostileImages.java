package verydeep.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small files that claim to be large, or whose structure leads in circles. */
final class HostileImages {

  private static final int HUGE = 0x7fff_fff0;

  private HostileImages() {}

  static Map<String, byte[]> all() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("gif with a large screen", changed("gif/87a.gif", 6, -1, Short.BYTES));
    files.put("gif with a large frame", changed("gif/87a.gif", 402, -1, Short.BYTES));
    files.put("bmp with a large width", changed("bmp/rgb-24.bmp", 18, HUGE, Integer.BYTES));
    files.put("bmp with least height", changed("bmp/rgb-24.bmp", 22, 1 << 31, Integer.BYTES));
    files.put("bmp with many colors", changed("bmp/palette-8.bmp", 46, HUGE, Integer.BYTES));
    files.put("bmp with far pixels", changed("bmp/rgb-24.bmp", 10, HUGE, Integer.BYTES));
    files.put("bmp with a large header", changed("bmp/rgb-24.bmp", 14, HUGE, Integer.BYTES));
    files.put("webp with a large size", changed("webp/lossless-1.webp", 21, -1, Integer.BYTES));
    files.put("lossy webp with a large size", changed("webp/lossy-1.webp", 26, -1, Integer.BYTES));
    files.put("webp with a large chunk", changed("webp/lossless-1.webp", 16, -1, Integer.BYTES));
    files.put("webp of frames within frames", frames(40_000));
    files.put("pnm with a large size", text("P6 2147483647 2147483647 255 "));
    files.put("pnm with a long number", text("P6 " + "9".repeat(1_000_000)));
    files.put("pnm with a long comment", text("P6 #" + "9".repeat(1_000_000)));
    for (int tag : new int[] {256, 257, 258, 259, 262, 273, 277, 278, 279}) {
      files.put("tiff with a large tag " + tag, tiff(tag, HUGE, 1));
      files.put("tiff with many values of tag " + tag, tiff(tag, 8, HUGE));
    }
    for (int side : new int[] {8, 1 << 14, HUGE}) {
      files.put("tiff with tiles of " + side, tiles(side));
    }
    files.put("png with a bomb in its text and no data", pngOfText());
    return files;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] changed(String kind, int at, int value, int bytes) {
    byte[] file = Kinds.file(kind);
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes == Short.BYTES) {
      buffer.putShort(at, (short) value);
    } else {
      buffer.putInt(at, value);
    }
    return file;
  }

  /** A WebP animation of whose frames each holds the next. */
  private static byte[] frames(int depth) {
    ByteBuffer file = ByteBuffer.allocate(12 + 24 * depth).order(ByteOrder.LITTLE_ENDIAN);
    file.put(text("RIFF")).putInt(file.limit() - 8).put(text("WEBP"));
    while (file.hasRemaining()) {
      file.put(text("ANMF")).putInt(file.remaining() - 4).put(new byte[16]);
    }
    return file.array();
  }

  /** A TIFF one of whose tags has another value, or claims to have many. */
  private static byte[] tiff(int tag, int value, int count) {
    byte[] file = Kinds.file("tiff/rgb-little.tif");
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int entries = buffer.getShort(8);
    for (int at = 10; at < 10 + 12 * entries; at += 12) {
      if (buffer.getShort(at) == tag) {
        buffer.putShort(at + 2, (short) 4).putInt(at + 4, count).putInt(at + 8, value);
      }
    }
    return file;
  }

  /** A TIFF whose strip is a tile, of which both sides are this long. */
  private static byte[] tiles(int side) {
    byte[] file = Kinds.file("tiff/rgb-little.tif");
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, Integer> tags = Map.of(273, 324, 279, 325, 278, 322, 277, 323);
    int entries = buffer.getShort(8);
    for (int at = 10; at < 10 + 12 * entries; at += 12) {
      Integer tag = tags.get((int) buffer.getShort(at));
      if (tag != null) {
        buffer.putShort(at, tag.shortValue());
      }
      if (tag != null && tag <= 323) {
        buffer.putShort(at + 2, (short) 4).putInt(at + 8, side);
      }
    }
    return file;
  }

  private static byte[] pngOfText() {
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[64 << 20]);
    deflater.finish();
    byte[] zip = new byte[1 << 20];
    int length = deflater.deflate(zip);
    deflater.end();
    byte[] key = "XML:com.adobe.xmp\0\0".getBytes(StandardCharsets.ISO_8859_1);
    byte[] data = Arrays.copyOf(key, key.length + length);
    System.arraycopy(zip, 0, data, key.length, length);
    byte[] head = Arrays.copyOf(Kinds.file("png/rgb-8.png"), 33);
    ByteBuffer file = ByteBuffer.allocate(head.length + 12 + data.length);
    file.put(head).putInt(data.length).put("zTXt".getBytes(StandardCharsets.ISO_8859_1)).put(data);
    CRC32 sum = new CRC32();
    sum.update(file.array(), head.length + 4, 4 + data.length);
    return file.putInt((int) sum.getValue()).array();
  }
}
