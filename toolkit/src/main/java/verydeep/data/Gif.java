package verydeep.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The first frame of a GIF file on its screen, as Pillow shows it: what the frame leaves free has
 * its transparent color, or color 0, and a frame that is larger than the screen extends it. What
 * follows the first frame is not read.
 */
final class Gif implements EncodedImage {

  private static final int SCREEN = 13;
  private static final int EXTENSION = '!';
  private static final int FRAME = ',';
  private static final int END = ';';
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int[] PASS_FROM = {0, 4, 2, 1};
  private static final int[] PASS_STEP = {8, 8, 4, 2};

  private final ByteBuffer file;
  private final int left;
  private final int top;
  private final int frameWidth;
  private final int frameHeight;
  private final int width;
  private final int height;
  private final boolean interlaced;
  private final byte[] colors;
  private int transparent;

  Gif(byte[] bytes) throws IOException {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    need(SCREEN);
    int flags = file.get(10);
    file.position(SCREEN);
    byte[] shared = palette(flags);
    findFrame();
    need(9);
    left = file.getShort() & 0xffff;
    top = file.getShort() & 0xffff;
    frameWidth = file.getShort() & 0xffff;
    frameHeight = file.getShort() & 0xffff;
    width = Math.max(file.getShort(6) & 0xffff, left + frameWidth);
    height = Math.max(file.getShort(8) & 0xffff, top + frameHeight);
    flags = file.get();
    interlaced = (flags & 0x40) != 0;
    byte[] own = palette(flags);
    colors = own != null ? own : shared != null ? shared : grays();
  }

  private void need(int bytes) throws IOException {
    if (file.remaining() < bytes) {
      throw EncodedImage.truncated(file.limit());
    }
  }

  /** Reads the palette that the flags announce; null if they announce none. */
  private byte[] palette(int flags) throws IOException {
    if ((flags & 0x80) == 0) {
      return null;
    }
    byte[] palette = new byte[3 << ((flags & 7) + 1)];
    need(palette.length);
    file.get(palette);
    return palette;
  }

  /** Returns what Pillow shows of a file without a palette. */
  private static byte[] grays() {
    byte[] grays = new byte[3 * 256];
    for (int i = 0; i < grays.length; i++) {
      grays[i] = (byte) (i / 3);
    }
    return grays;
  }

  /** Moves to the first frame, past extensions and whatever else there is, as Pillow does. */
  private void findFrame() throws IOException {
    while (true) {
      need(1);
      int kind = file.get();
      if (kind == FRAME) {
        return;
      }
      if (kind == END) {
        throw new IOException("It has no frame.");
      }
      if (kind == EXTENSION) {
        need(1);
        extension(file.get() & 0xff);
      }
    }
  }

  private void extension(int label) throws IOException {
    byte[] block = block();
    if (label == GRAPHIC_CONTROL && block.length >= 4 && (block[0] & 1) != 0) {
      transparent = block[3] & 0xff;
    }
    while (block.length > 0) {
      block = block();
    }
  }

  private byte[] block() throws IOException {
    need(1);
    byte[] block = new byte[file.get() & 0xff];
    need(block.length);
    file.get(block);
    return block;
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
    if (frameWidth == 0 || frameHeight == 0) {
      throw new IOException(
          "Its first frame is empty, %d x %d pixels.".formatted(frameWidth, frameHeight));
    }
    byte[] indices = new Lzw(file.duplicate()).decode(frameWidth * frameHeight);
    byte[] rgb = new byte[3 * width * height];
    fill(rgb);
    int from = 0;
    int passes = interlaced ? PASS_FROM.length : 1;
    for (int pass = 0; pass < passes; pass++) {
      int step = interlaced ? PASS_STEP[pass] : 1;
      for (int y = interlaced ? PASS_FROM[pass] : 0; y < frameHeight; y += step) {
        for (int x = 0; x < frameWidth; x++) {
          put(rgb, 3 * ((top + y) * width + left + x), indices[from++] & 0xff);
        }
      }
    }
    return rgb;
  }

  private void fill(byte[] rgb) {
    byte[] color = new byte[3];
    put(color, 0, transparent);
    boolean plain = color[0] == color[1] && color[1] == color[2];
    if (plain) {
      Arrays.fill(rgb, color[0]);
    } else {
      for (int at = 0; at < rgb.length; at++) {
        rgb[at] = color[at % 3];
      }
    }
  }

  /** Writes a color; those beyond the palette are black. */
  private void put(byte[] rgb, int at, int color) {
    for (int i = 0; i < 3; i++) {
      rgb[at + i] = 3 * color < colors.length ? colors[3 * color + i] : 0;
    }
  }
}
