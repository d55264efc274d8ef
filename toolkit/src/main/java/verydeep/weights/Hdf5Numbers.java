package verydeep.weights;

import java.util.ArrayList;
import java.util.List;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NumberType;

/**
 * The messages in an HDF5 dataset's header: its shape, its type, and the location of its numbers.
 */
final class Hdf5Numbers {

  private static final int MOST_DIMENSIONS = 8;
  private static final int FLOATING = 1;
  private static final int COMPACT = 0;
  private static final int CONTIGUOUS = 1;

  private Hdf5Numbers() {}

  static List<Integer> sizes(Cursor dataspace) throws Malformed {
    int version = dataspace.octet();
    int rank = dataspace.octet();
    dataspace.skip(1); // whether the largest sizes follow
    if (version == 1) {
      dataspace.skip(5);
    } else if (version != 2 || dataspace.octet() > 1) {
      throw dataspace.malformed("A dataset's shape has an unknown form.");
    }
    if (rank > MOST_DIMENSIONS) {
      throw dataspace.malformed("A dataset has " + rank + " dimensions.");
    }
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      long size = dataspace.signed64();
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw dataspace.malformed("A dataset has the size " + size + ".");
      }
      sizes.add((int) size);
    }
    return sizes;
  }

  /** Reads a little-endian IEEE type; null if it is not floating-point. */
  static NumberType type(Cursor datatype) throws Malformed {
    int kind = datatype.octet() & 0xf;
    int bits = datatype.octet();
    datatype.skip(2);
    long bytes = datatype.unsigned32();
    if (kind != FLOATING) {
      return null;
    }
    int first = datatype.unsigned16();
    int precision = datatype.unsigned16();
    int exponentAt = datatype.octet();
    int exponent = datatype.octet();
    int mantissaAt = datatype.octet();
    int mantissa = datatype.octet();
    long bias = datatype.unsigned32();
    boolean whole = (bits & 0x41) == 0 && first == 0 && precision == 8 * bytes && mantissaAt == 0;
    boolean signed = exponentAt == mantissa && exponent + mantissa + 1 == precision;
    if (whole && signed && bias == (1L << (exponent - 1)) - 1) {
      for (NumberType type : NumberType.values()) {
        if (type.bytes() == bytes && exponent == exponent(type)) {
          return type;
        }
      }
    }
    throw datatype.malformed(
        "Numbers of " + bytes + " bytes are not little-endian float16, float32 or float64.");
  }

  private static int exponent(NumberType type) {
    return switch (type) {
      case F16 -> 5;
      case F32, BF16 -> 8;
      case F64 -> 11;
    };
  }

  /** Returns the numbers' bytes, which must be contiguous. */
  static Cursor data(Cursor layout, Cursor file) throws Malformed {
    int version = layout.octet();
    int kind = layout.octet();
    if (version < 3 || version > 4 || kind > CONTIGUOUS) {
      throw layout.malformed("A dataset is not contiguous.");
    }
    if (kind == COMPACT) {
      return layout.next(layout.unsigned16());
    }
    long address = layout.signed64();
    if (address < 0) {
      throw layout.malformed("A dataset has no numbers.");
    }
    return file.at(address, layout.signed64());
  }
}
