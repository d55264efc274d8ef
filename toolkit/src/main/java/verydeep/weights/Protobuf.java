package verydeep.weights;

import verydeep.internal.files.Malformed;

/**
 * The fields of one protobuf message, one after another, straight from the mapped file. A nested
 * message is a cursor that its reader may enter or skip, so that nesting is limited by the reader's
 * own code, and no objects are built.
 *
 * <p>The library com.google.protobuf is not used because it copies a message of 553 MB onto the
 * heap, and every number of an unpacked field separately.
 */
final class Protobuf {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final int LONGEST_VARINT = 10;

  private final Cursor message;
  private int field;
  private int type;
  private long number;
  private Cursor content;

  Protobuf(Cursor message) {
    this.message = message;
  }

  /** Advances to the next field. */
  boolean next() throws Malformed {
    if (message.remaining() == 0) {
      return false;
    }
    long tag = varint(message);
    field = (int) (tag >>> 3);
    type = (int) (tag & 7);
    if (tag >>> 3 < 1 || tag >>> 3 > 0x1fffffff) {
      throw message.malformed("A protobuf field has the number " + (tag >>> 3) + ".");
    }
    switch (type) {
      case VARINT -> number = varint(message);
      case FIXED64 -> content = message.next(8);
      case BYTES -> content = message.next(varint(message));
      case FIXED32 -> content = message.next(4);
      default -> throw message.malformed("A protobuf field has the type " + type + ".");
    }
    return true;
  }

  /** Returns whether the current field is this one. */
  boolean is(int field, int type) {
    return this.field == field && this.type == type;
  }

  long offset() {
    return message.position();
  }

  /** Returns the number of a {@link #VARINT}. */
  long number() {
    return number;
  }

  /** Returns the bytes of any other field. */
  Cursor content() {
    return content;
  }

  static long varint(Cursor in) throws Malformed {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      int octet = in.octet();
      value |= (long) (octet & 0x7f) << (7 * i);
      if (octet < 0x80) {
        return value;
      }
    }
    throw in.malformed("A protobuf number does not end within " + LONGEST_VARINT + " bytes.");
  }
}
