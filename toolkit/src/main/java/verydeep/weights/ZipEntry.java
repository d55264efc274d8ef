package verydeep.weights;

import java.nio.ByteBuffer;
import verydeep.VerydeepException;
import verydeep.internal.files.Malformed;

/**
 * An entry of a zip archive.
 *
 * @param name its path in the archive
 * @param stored its bytes as the archive has them
 * @param deflated whether they are compressed
 * @param size how many there are when they are not
 */
record ZipEntry(String name, Cursor stored, boolean deflated, long size) {

  /** Returns the bytes in place, if the entry is not compressed. */
  Cursor inPlace() throws Malformed {
    if (deflated) {
      throw stored.malformed(
          "Entry \"" + name + "\" is compressed; the tools that write such files only store them.");
    }
    return stored.at(stored.position(), stored.remaining());
  }

  /** Returns the first bytes, inflated if need be. */
  Cursor first(long length) throws Malformed {
    long count = Math.min(length, size);
    return deflated
        ? Cursor.of(Inflation.inflate(copy(), count, false))
        : stored.at(stored.position(), count);
  }

  /** Checks that all bytes can be inflated. */
  void check() throws Malformed {
    Inflation.verify(copy(), size);
  }

  /** Returns all bytes, inflated if need be. */
  ByteBuffer content() throws Malformed {
    if (!deflated) {
      return stored.buffer();
    }
    Inflation.check(copy(), size);
    return Inflation.inflate(copy(), size, false);
  }

  /** Returns all bytes of an entry that is checked. */
  ByteBuffer inflated() {
    try {
      return content();
    } catch (Malformed e) {
      throw new VerydeepException(
          "The file is damaged at byte " + e.offset() + ": " + e.getMessage(), e);
    }
  }

  private Cursor copy() throws Malformed {
    return stored.at(stored.position(), stored.remaining());
  }
}
