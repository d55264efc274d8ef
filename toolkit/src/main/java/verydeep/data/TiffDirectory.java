package verydeep.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The first directory of a TIFF or BigTIFF structure: the first number of each of its entries. It
 * looks at no more than the entries themselves.
 */
final class TiffDirectory {

  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int ORIENTATION = 274;
  static final int SAMPLES = 277;

  private static final int BIG = 43;
  private static final int MOST_ENTRIES = 1000;

  /**
   * The bytes of a value by its type: BYTE is 1, SHORT 3, LONG 4, and so on to IFD8, which is 18.
   */
  private static final int[] SIZES = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 1, 1, 8, 8, 8};

  private final ByteBuffer tiff;
  private final boolean big;
  private final Map<Integer, Long> numbers = new HashMap<>();

  /** Whether all entries have their values within the structure. */
  private boolean complete = true;

  TiffDirectory(ByteBuffer structure) {
    tiff = structure.slice();
    tiff.order(
        tiff.limit() > 0 && tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    big = tiff.limit() >= 16 && tiff.getShort(2) == BIG;
    if (tiff.limit() >= 8) {
      read(big ? tiff.getLong(8) : tiff.getInt(4) & 0xffff_ffffL);
    }
  }

  private void read(long directory) {
    int head = big ? 8 : 2;
    int size = big ? 20 : 12;
    if (directory < 0 || directory + head > tiff.limit()) {
      return;
    }
    long entries = big ? tiff.getLong((int) directory) : tiff.getShort((int) directory) & 0xffff;
    long at = directory + head;
    for (long i = 0; i < Math.min(entries, MOST_ENTRIES) && at + size <= tiff.limit(); i++) {
      entry((int) at);
      at += size;
    }
  }

  private void entry(int at) {
    int tag = tiff.getShort(at) & 0xffff;
    int type = tiff.getShort(at + 2) & 0xffff;
    long count = big ? tiff.getLong(at + 4) : tiff.getInt(at + 4) & 0xffff_ffffL;
    int value = at + (big ? 12 : 8);
    int size = type < SIZES.length ? SIZES[type] : 1;
    complete &= count >= 0 && count <= tiff.limit() / size;
    numbers.putIfAbsent(tag, number(type, value));
  }

  /** Returns a number; 0 if the entry holds none, as in Pillow. */
  private long number(int type, int at) {
    return switch (type) {
      case 3, 8 -> tiff.getShort(at) & 0xffff;
      case 4, 9 -> tiff.getInt(at) & 0xffff_ffffL;
      case 16, 17 -> big ? tiff.getLong(at) : 0;
      default -> 0;
    };
  }

  /** Returns the number of a tag, or what is given if it is not there. */
  long get(int tag, long otherwise) {
    return numbers.getOrDefault(tag, otherwise);
  }

  /**
   * Checks what a decoder allocates memory by, before it does.
   *
   * @throws IOException if a value list is longer than the file, or a pixel has many samples
   */
  void check() throws IOException {
    if (!complete) {
      throw new IOException("It has an entry with more values than the file has bytes.");
    }
    long samples = get(SAMPLES, 1);
    if (samples < 1 || samples > 16) {
      throw new IOException("It has %d samples a pixel; 1 to 16 are read.".formatted(samples));
    }
  }
}
