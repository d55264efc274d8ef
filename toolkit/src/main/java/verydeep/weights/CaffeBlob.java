package verydeep.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NumberType;
import verydeep.internal.files.WeightFile;
import verydeep.network.Tensor;

/**
 * A BlobProto of Caffe: an array with its shape, given as four legacy sizes or as a list, and its
 * numbers, packed or one by one, in 32 or 64 bits.
 */
final class CaffeBlob {

  private static final int NUM = 1;
  private static final int WIDTH = 4;
  private static final int DATA = 5;
  private static final int SHAPE = 7;
  private static final int DOUBLE_DATA = 8;
  private static final int MOST_DIMENSIONS = 8;

  private final Cursor message;
  private final long[] legacy = {-1, -1, -1, -1};
  private List<Integer> shape;
  private int pieces;
  private Cursor packed;
  private long count;
  private boolean doubles;

  private CaffeBlob(Cursor message) {
    this.message = message;
  }

  /** Reads the array in a message: its shape, and its numbers in place. */
  static WeightFile.Stored read(Cursor message) throws Malformed {
    long begin = message.position();
    CaffeBlob blob = new CaffeBlob(message);
    blob.scan();
    List<Integer> sizes = blob.sizes();
    long expected = 1;
    for (int size : sizes) {
      expected = Math.min(Integer.MAX_VALUE + 1L, expected * size);
    }
    if (expected != blob.count) {
      throw new Malformed(
          begin, "An array of shape " + sizes + " has " + blob.count + " numbers in the file.");
    }
    return new WeightFile.Stored(blob.tensor(sizes), begin);
  }

  private void scan() throws Malformed {
    Protobuf fields = new Protobuf(copy());
    while (fields.next()) {
      for (int i = NUM; i <= WIDTH; i++) {
        if (fields.is(i, Protobuf.VARINT)) {
          legacy[i - NUM] = fields.number();
        }
      }
      if (fields.is(SHAPE, Protobuf.BYTES)) {
        shape = shape(fields.content());
      }
      numbers(fields);
    }
  }

  private void numbers(Protobuf fields) throws Malformed {
    NumberType type = type(fields);
    if (type == null) {
      return;
    }
    if (pieces > 0 && doubles != (type == NumberType.F64)) {
      throw new Malformed(fields.offset(), "An array mixes 32-bit and 64-bit numbers.");
    }
    doubles = type == NumberType.F64;
    long length = fields.content().remaining();
    if (length % type.bytes() != 0) {
      throw new Malformed(fields.offset(), "An array ends in the middle of a number.");
    }
    packed = fields.content();
    count += length / type.bytes();
    pieces++;
  }

  /** Returns the type of the numbers in this field, if they belong to the array. */
  private static NumberType type(Protobuf fields) {
    if (fields.is(DATA, Protobuf.BYTES) || fields.is(DATA, Protobuf.FIXED32)) {
      return NumberType.F32;
    }
    boolean wide =
        fields.is(DOUBLE_DATA, Protobuf.BYTES) || fields.is(DOUBLE_DATA, Protobuf.FIXED64);
    return wide ? NumberType.F64 : null;
  }

  private Tensor tensor(List<Integer> sizes) throws Malformed {
    if (pieces == 1) {
      return (doubles ? NumberType.F64 : NumberType.F32).tensor(sizes, packed.buffer());
    }
    return Tensor.computed(sizes, this::gather);
  }

  /** Gathers numbers that the file stores one by one, or in several pieces. */
  private void gather(FloatBuffer target) {
    try {
      Protobuf fields = new Protobuf(copy());
      while (fields.next()) {
        NumberType type = type(fields);
        if (type != null) {
          ByteBuffer piece = fields.content().buffer();
          while (piece.hasRemaining()) {
            target.put(type == NumberType.F64 ? (float) piece.getDouble() : piece.getFloat());
          }
        }
      }
    } catch (Malformed e) {
      throw new IllegalStateException("The file was changed while it was being read.", e);
    }
  }

  private Cursor copy() throws Malformed {
    return message.at(message.position(), message.remaining());
  }

  private List<Integer> sizes() throws Malformed {
    if (shape != null) {
      return shape;
    }
    List<Integer> sizes = new ArrayList<>();
    for (long size : legacy) {
      if (size != -1 || !sizes.isEmpty()) {
        sizes.add(size(size, message));
      }
    }
    return sizes;
  }

  private static List<Integer> shape(Cursor message) throws Malformed {
    List<Integer> sizes = new ArrayList<>();
    Protobuf fields = new Protobuf(message);
    while (fields.next()) {
      if (fields.is(1, Protobuf.VARINT)) {
        sizes.add(size(fields.number(), message));
      } else if (fields.is(1, Protobuf.BYTES)) {
        Cursor list = fields.content();
        while (list.remaining() > 0 && sizes.size() <= MOST_DIMENSIONS) {
          sizes.add(size(Protobuf.varint(list), list));
        }
      }
      if (sizes.size() > MOST_DIMENSIONS) {
        throw message.malformed("An array has more than " + MOST_DIMENSIONS + " dimensions.");
      }
    }
    return sizes;
  }

  private static int size(long size, Cursor where) throws Malformed {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw where.malformed("An array has the size " + size + ".");
    }
    return (int) size;
  }
}
