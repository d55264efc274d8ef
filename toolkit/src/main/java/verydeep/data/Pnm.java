package verydeep.data;

import java.io.IOException;

/**
 * A PBM, PGM or PPM file, plain (P1 to P3) or raw (P4 to P6), with any highest value below 65,536.
 * Values are scaled as Pillow scales them.
 */
final class Pnm implements EncodedImage {

  private static final int LONGEST_NUMBER = 10;
  private static final int MOST = 65_535;

  private final byte[] file;
  private final int kind;
  private final int width;
  private final int height;
  private final int maximum;
  private int at = 2;

  Pnm(byte[] file) throws IOException {
    this.file = file;
    kind = file[1] - '0';
    width = number();
    height = number();
    maximum = bits() ? 1 : number();
    if (maximum < 1 || maximum > MOST) {
      throw new IOException(
          "Its highest value is %d; it must be from 1 to %d.".formatted(maximum, MOST));
    }
  }

  private boolean bits() {
    return kind == 1 || kind == 4;
  }

  private boolean plain() {
    return kind <= 3;
  }

  private int next() throws IOException {
    if (at >= file.length) {
      throw EncodedImage.truncated(file.length);
    }
    return file[at++] & 0xff;
  }

  private static boolean isBlank(int octet) {
    return octet == ' ' || (octet >= '\t' && octet <= '\r');
  }

  /** Returns the next octet that is neither blank nor in a comment. */
  private int visible() throws IOException {
    int octet = next();
    while (isBlank(octet) || octet == '#') {
      while (octet == '#' && at < file.length && file[at] != '\n' && file[at] != '\r') {
        at++;
      }
      octet = next();
    }
    return octet;
  }

  /** Reads a number and the one blank or comment after it. */
  private int number() throws IOException {
    long number = 0;
    int digits = 0;
    int octet = visible();
    while (!isBlank(octet) && octet != '#') {
      if (octet < '0' || octet > '9' || ++digits > LONGEST_NUMBER) {
        throw new IOException("Its byte %d is not part of a number.".formatted(at - 1));
      }
      number = 10 * number + octet - '0';
      if (at == file.length && plain()) {
        break; // the last value need not be followed by anything
      }
      octet = next();
    }
    if (octet == '#') {
      while (at < file.length && file[at - 1] != '\n' && file[at - 1] != '\r') {
        at++;
      }
    }
    return (int) Math.min(number, Integer.MAX_VALUE);
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
    int begin = at;
    try {
      return rgb();
    } finally {
      at = begin;
    }
  }

  private byte[] rgb() throws IOException {
    boolean colored = kind % 3 == 0;
    byte[] rgb = new byte[3 * width * height];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        byte level = level(x);
        rgb[to++] = level;
        rgb[to++] = colored ? level(x) : level;
        rgb[to++] = colored ? level(x) : level;
      }
    }
    return rgb;
  }

  private byte level(int x) throws IOException {
    if (kind == 1) {
      int bit = visible();
      if (bit != '0' && bit != '1') {
        throw new IOException("Its byte %d is not 0 or 1.".formatted(at - 1));
      }
      return bit == '0' ? (byte) 255 : 0;
    }
    if (kind == 4) {
      int bits = x % 8 == 0 ? next() : file[at - 1];
      return ((bits >> (7 - x % 8)) & 1) == 0 ? (byte) 255 : 0;
    }
    int value = value();
    if (plain() && value > maximum) {
      throw new IOException(
          "It has the value %d, but its highest is stated as %d.".formatted(value, maximum));
    }
    // of gray with more than 8 bits the upper 8 are kept
    boolean deep = maximum > 255 && kind % 3 != 0;
    int most = deep ? MOST : 255;
    int scaled = (int) Math.min(most, Math.rint((double) value / maximum * most));
    return (byte) (deep ? scaled >> 8 : scaled);
  }

  private int value() throws IOException {
    if (plain()) {
      return number();
    }
    return maximum < 256 ? next() : (next() << 8) | next();
  }
}
