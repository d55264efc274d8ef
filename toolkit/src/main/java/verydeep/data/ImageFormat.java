package verydeep.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The formats of images, recognized by a file's first bytes and never by its name. */
enum ImageFormat {
  JPEG("ffd8ff") {
    @Override
    EncodedImage open(byte[] file) throws IOException {
      return new Jpeg(file);
    }

    @Override
    byte[] header(InputStream file) throws IOException {
      return Jpeg.header(file);
    }
  },
  PNG("89504e470d0a1a0a") {
    @Override
    EncodedImage open(byte[] file) throws IOException {
      return new Png(file);
    }

    @Override
    byte[] header(InputStream file) throws IOException {
      return Png.header(file);
    }
  },
  GIF("474946383761|474946383961") {
    @Override
    EncodedImage open(byte[] file) throws IOException {
      return new Gif(file);
    }
  },
  BMP("424d") {
    @Override
    EncodedImage open(byte[] file) throws IOException {
      return new Bmp(file);
    }
  },
  WEBP("52494646........57454250") {
    @Override
    EncodedImage open(byte[] file) throws IOException {
      return new WebP(file);
    }

    @Override
    byte[] header(InputStream file) throws IOException {
      return WebP.header(file);
    }
  },
  TIFF("49492[ab]00|4d4d002[ab]") {
    @Override
    EncodedImage open(byte[] file) throws IOException {
      return new Tiff(file);
    }

    @Override
    boolean beginsWithHeader() {
      return false; // its directory may come last
    }
  },
  PNM("503[1-6](09|0a|0d|20|23)") {
    @Override
    EncodedImage open(byte[] file) throws IOException {
      return new Pnm(file);
    }
  };

  /** How many of a file's first bytes tell its format. */
  static final int MAGIC = 32;

  /** Nearly all images state their size within this many bytes. */
  private static final int HEAD = 1 << 16;

  private final String beginning;

  /**
   * Creates a format.
   *
   * @param beginning a pattern of the first bytes in hexadecimal digits
   */
  ImageFormat(String beginning) {
    this.beginning = beginning;
  }

  /** Reads the header of a whole file. */
  abstract EncodedImage open(byte[] file) throws IOException;

  /** Returns whether size and orientation can be told without reading the whole file. */
  boolean beginsWithHeader() {
    return true;
  }

  /**
   * Reads of a file only what {@link #open} needs for size and orientation, where that is less than
   * the file.
   */
  byte[] header(InputStream file) throws IOException {
    return file.readNBytes(HEAD);
  }

  /**
   * Returns the format of a file.
   *
   * @param head its first {@link #MAGIC} bytes, or all of them
   * @throws IOException if it is of none of these formats; the message says of which it is, if that
   *     is known
   */
  static ImageFormat of(byte[] head) throws IOException {
    if (head.length == 0) {
      throw new IOException("The file is empty.");
    }
    String start = HexFormat.of().formatHex(head, 0, Math.min(MAGIC, head.length));
    for (ImageFormat format : values()) {
      if (start.matches("(" + format.beginning + ").*")) {
        return format;
      }
    }
    throw new IOException(
        "It is not a JPEG, PNG, GIF, BMP, WebP, TIFF or PNM image; it %s.".formatted(other(head)));
  }

  /** Returns what a file is instead. */
  private static String other(byte[] head) {
    int length = Math.min(MAGIC, head.length);
    String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    String brand = text.length() >= 12 && text.startsWith("ftyp", 4) ? text.substring(8, 12) : "";
    return switch (brand) {
      case "avif", "avis" -> "is an AVIF image, of which Java has no reader; convert it to PNG";
      case "heic", "heix", "hevc", "mif1", "msf1" ->
          "is a HEIC image, of which Java has no reader; convert it to PNG";
      default ->
          text.startsWith("version https://git-lfs")
              ? "is a Git LFS pointer, which \"git lfs pull\" replaces by the image"
              : text.strip().startsWith("<")
                  ? "is a text such as HTML, XML or SVG"
                  : "begins with " + HexFormat.of().formatHex(head, 0, Math.min(8, head.length));
    };
  }
}
