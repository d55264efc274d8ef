package verydeep.data;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageReader;

/**
 * A WebP file, of an animation the first frame. Alpha and color profiles are ignored, so the
 * decoder sees only the chunk of the frame's colors. Of lossy frames it repeats chroma samples
 * where libwebp, and so Pillow, interpolates between them: pixels differ by less than a level on
 * average.
 */
final class WebP implements EncodedImage {

  private static final int RIFF = 12;
  private static final int CHUNK = 8;
  private static final int FRAME = 16;

  /** A lossy or lossless chunk states its size within this many bytes. */
  private static final int BITSTREAM_HEADER = 10;

  private final byte[] file;
  private final Metadata metadata = new Metadata();
  private String kind = "";
  private ByteBuffer data = ByteBuffer.allocate(0);
  private boolean whole;
  private boolean inFrame;
  private int width;
  private int height;
  private int left;
  private int top;

  WebP(byte[] file) throws IOException {
    this.file = file;
    ByteBuffer all = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    walk(all.position(Math.min(RIFF, file.length)));
    if (kind.isEmpty() || data.limit() < BITSTREAM_HEADER) {
      throw EncodedImage.truncated(file.length);
    }
    if (width == 0) {
      width = frameWidth();
      height = frameHeight();
    }
  }

  private void walk(ByteBuffer chunks) {
    while (chunks.remaining() >= CHUNK) {
      byte[] letters = new byte[4];
      chunks.get(letters);
      long length = chunks.getInt() & 0xffff_ffffL;
      boolean complete = length <= chunks.remaining();
      int there = (int) Math.min(length, chunks.remaining());
      ByteBuffer body = chunks.slice(chunks.position(), there).order(ByteOrder.LITTLE_ENDIAN);
      take(new String(letters, StandardCharsets.ISO_8859_1), body, complete);
      chunks.position((int) Math.min(chunks.limit(), chunks.position() + length + (length & 1)));
    }
  }

  private void take(String name, ByteBuffer body, boolean complete) {
    switch (name) {
      case "VP8X" -> {
        if (body.limit() >= 10) {
          width = 1 + (body.getInt(4) & 0xff_ffff);
          height = 1 + (body.getInt(6) >>> 8);
        }
      }
      case "VP8 ", "VP8L" -> {
        if (kind.isEmpty()) {
          kind = name;
          data = body;
          whole = complete;
        }
      }
      case "ANMF" -> {
        if (!inFrame && kind.isEmpty() && body.limit() > FRAME) {
          inFrame = true; // a frame holds no frames
          left = 2 * (body.getInt(0) & 0xff_ffff);
          top = 2 * (body.getInt(2) >>> 8);
          walk(body.position(FRAME).slice().order(ByteOrder.LITTLE_ENDIAN));
          inFrame = false;
        }
      }
      case "EXIF" -> metadata.exif(body);
      case "XMP " -> metadata.xmp(body);
      default -> {}
    }
  }

  private boolean lossy() {
    return kind.equals("VP8 ");
  }

  private int frameWidth() {
    return lossy() ? data.getShort(6) & 0x3fff : 1 + (data.getInt(1) & 0x3fff);
  }

  private int frameHeight() {
    return lossy() ? data.getShort(8) & 0x3fff : 1 + ((data.getInt(1) >>> 14) & 0x3fff);
  }

  /**
   * Reads only what tells size and orientation, which may follow the pixels.
   *
   * @return a WebP file without pixels
   */
  static byte[] header(InputStream file) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(file.readNBytes(RIFF));
    byte[] head = file.readNBytes(CHUNK);
    while (head.length == CHUNK) {
      String name = new String(head, 0, 4, StandardCharsets.ISO_8859_1);
      int length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
      if (length < 0) {
        break;
      }
      boolean pixels = name.equals("VP8 ") || name.equals("VP8L") || name.equals("ANMF");
      byte[] body =
          file.readNBytes(pixels ? Math.min(length, FRAME + 2 * CHUNK + BITSTREAM_HEADER) : length);
      ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).putInt(4, body.length);
      kept.write(head);
      kept.write(body);
      if ((body.length & 1) != 0) {
        kept.write(0);
      }
      file.skipNBytes(length - body.length + (length & 1));
      head = file.readNBytes(CHUNK);
    }
    return kept.toByteArray();
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
    if (!whole) {
      throw EncodedImage.truncated(file.length);
    }
    int frameWidth = frameWidth();
    int frameHeight = frameHeight();
    if (frameWidth < 1 || left > width - frameWidth || top > height - frameHeight) {
      throw new IOException(
          "Its frame of %d x %d pixels at (%d, %d) does not fit its canvas of %d x %d."
              .formatted(frameWidth, frameHeight, left, top, width, height));
    }
    byte[] frame = frame();
    if (frameWidth == width && frameHeight == height) {
      return frame;
    }
    byte[] canvas = new byte[3 * width * height];
    for (int y = 0; y < frameHeight; y++) {
      System.arraycopy(
          frame, 3 * y * frameWidth, canvas, 3 * ((top + y) * width + left), 3 * frameWidth);
    }
    return canvas;
  }

  private byte[] frame() throws IOException {
    ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
    byte[] plain = plain();
    try (MemoryStream stream = new MemoryStream(plain, plain.length)) {
      reader.setInput(stream, true, true);
      return Rasters.rgb(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  /** Returns a file of the one chunk. */
  private byte[] plain() {
    int padded = data.limit() + (data.limit() & 1);
    ByteBuffer plain = ByteBuffer.allocate(RIFF + CHUNK + padded).order(ByteOrder.LITTLE_ENDIAN);
    plain.put(letters("RIFF")).putInt(4 + CHUNK + padded).put(letters("WEBP"));
    plain.put(letters(kind)).putInt(data.limit());
    plain.put(data.slice(0, data.limit()));
    return plain.array();
  }

  private static byte[] letters(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }
}
