package verydeep.weights;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A file in the making, little-endian. */
final class Octets {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Octets put(int... octets) {
    for (int octet : octets) {
      bytes.write(octet);
    }
    return this;
  }

  Octets u16(long value) {
    return number(value, 2);
  }

  Octets u32(long value) {
    return number(value, 4);
  }

  Octets u64(long value) {
    return number(value, 8);
  }

  private Octets number(long value, int width) {
    for (int i = 0; i < width; i++) {
      bytes.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  Octets varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return this;
  }

  Octets text(String text) {
    return all(text.getBytes(StandardCharsets.UTF_8));
  }

  Octets all(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  Octets all(Octets more) {
    return all(more.toBytes());
  }

  Octets zeros(int count) {
    return all(new byte[Math.max(0, count)]);
  }

  /** Appends zeros up to a multiple of this many bytes. */
  Octets pad(int to) {
    return zeros((to - size() % to) % to);
  }

  int size() {
    return bytes.size();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
